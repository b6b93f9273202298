import type { UpstreamProfile } from '../../config/upstream-profile.js';
import type { HealthCheck } from './health-check.js';

/** Shows what a probe has found out about the upstream, and what it could not; by itself never a reason not to be ready. */
export function checkProfile({ probedAt, findings }: UpstreamProfile): HealthCheck {
  const entries = Object.entries(findings);
  const settled = entries.flatMap(([name, finding]) => ('value' in finding ? [[name, finding.value] as const] : []));
  const unknown = entries.filter(([, finding]) => 'unknown' in finding).map(([name]) => name);
  const detail = { probedAt, ...Object.fromEntries(settled), unknown };
  return { name: 'profile', check: () => ({ status: 'ready', detail }) };
}
