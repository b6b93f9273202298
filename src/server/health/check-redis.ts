import type { Redis } from '../../redis/redis.js';
import type { HealthCheck } from './health-check.js';

/** Says `degraded` while Redis is away: everything is answered, without what replicas share. */
export function checkRedis(redis: Redis): HealthCheck {
  return {
    name: 'redis',
    check: () => (redis.session ? { status: 'ready' } : { status: 'degraded', detail: { reason: 'away' } }),
  };
}
