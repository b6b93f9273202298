import type { HealthCheck } from './health-check.js';

/** Says `unavailable` from when the gateway ends. */
export const checkDrain = (isDraining: () => boolean): HealthCheck => ({
  name: 'drain',
  check: () => (isDraining() ? { status: 'unavailable', detail: { reason: 'draining' } } : { status: 'ready' }),
});
