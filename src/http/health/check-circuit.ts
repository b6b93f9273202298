import type { HealthCheck } from './health-check.js';

/** Says `degraded` while the circuit to the upstream is open: what is in the cache may still be answered. */
export const checkCircuit = (client: { readonly circuitIsOpen: boolean }): HealthCheck => ({
  name: 'circuit',
  check: () => (client.circuitIsOpen ? { status: 'degraded', detail: { reason: 'open' } } : { status: 'ready' }),
});
