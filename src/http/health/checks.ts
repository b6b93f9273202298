import type { UpstreamProfile } from '../../config/upstream-profile.js';
import type { Redis } from '../../redis/redis.js';
import type { HealthCheck } from './health-check.js';

/** Says `degraded` while the circuit to the upstream is open: what is in the cache may still be answered. */
export const checkCircuit = (client: { readonly circuitIsOpen: boolean }): HealthCheck => ({
  name: 'circuit',
  check: () => (client.circuitIsOpen ? { status: 'degraded', detail: { reason: 'open' } } : { status: 'ready' }),
});

/** Says `unavailable` from when the gateway ends. */
export const checkDrain = (isDraining: () => boolean): HealthCheck => ({
  name: 'drain',
  check: () => (isDraining() ? { status: 'unavailable', detail: { reason: 'draining' } } : { status: 'ready' }),
});

/** Says `degraded` while Redis is unavailable: everything is answered, without what replicas share. */
export function checkRedis(redis: Pick<Redis, 'trouble'>): HealthCheck {
  return {
    name: 'redis',
    check: () => (redis.trouble ? { status: 'degraded', detail: { ...redis.trouble } } : { status: 'ready' }),
  };
}

/** Shows what a probe has found out about the upstream, and what it could not; by itself never a reason not to be ready. */
export function checkProfile({ probedAt, findings }: UpstreamProfile): HealthCheck {
  const entries = Object.entries(findings);
  const settled = entries.flatMap(([name, finding]) => ('value' in finding ? [[name, finding.value] as const] : []));
  const unknown = entries.filter(([, finding]) => 'unknown' in finding).map(([name]) => name);
  const detail = { probedAt, ...Object.fromEntries(settled), unknown };
  return { name: 'profile', check: () => ({ status: 'ready', detail }) };
}
