import { HEALTH_STATUSES, type HealthCheck, type HealthStatus } from './health-check.js';

export interface Readiness {
  status: HealthStatus;
  checks: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** All checks as one answer, with the worst status of any. */
export function toReadiness(checks: readonly HealthCheck[]): Readiness {
  const results = checks.map((one) => ({ name: one.name, ...one.check() }));
  const worst = Math.max(0, ...results.map(({ status }) => HEALTH_STATUSES.indexOf(status)));
  return {
    status: HEALTH_STATUSES[worst] ?? 'unavailable',
    checks: Object.fromEntries(results.map(({ name, status, detail }) => [name, { status, ...detail }])),
  };
}
