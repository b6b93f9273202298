import type { HealthCheck, HealthStatus } from '../../src/http/health/health-check.js';
import { toReadiness } from '../../src/http/health/to-readiness.js';

const check = (name: string, status: HealthStatus, detail?: Record<string, unknown>): HealthCheck => ({
  name,
  check: () => ({ status, ...(detail && { detail }) }),
});

describe('toReadiness', () => {
  it('is ready without checks', () => {
    expect(toReadiness([])).toEqual({ status: 'ready', checks: {} });
  });

  it.each<[HealthStatus[], HealthStatus]>([
    [['ready', 'ready'], 'ready'],
    [['degraded', 'ready'], 'degraded'],
    [['degraded', 'unavailable', 'ready'], 'unavailable'],
  ])('of %j has the worst status, %s', (statuses, expected) => {
    expect(toReadiness(statuses.map((status, index) => check(String(index), status))).status).toBe(expected);
  });

  it('shows each check with its detail', () => {
    const { checks } = toReadiness([check('a', 'degraded', { reason: 'timeout' }), check('b', 'ready')]);
    expect(checks).toEqual({ a: { status: 'degraded', reason: 'timeout' }, b: { status: 'ready' } });
  });
});
