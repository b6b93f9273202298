import type { Redis } from '../../redis/redis.js';
import type { HealthCheck } from './health-check.js';

/** Says `degraded` while Redis is unavailable: everything is answered, without what replicas share. */
export function checkRedis(redis: Pick<Redis, 'trouble'>): HealthCheck {
  return {
    name: 'redis',
    check: () => (redis.trouble ? { status: 'degraded', detail: { ...redis.trouble } } : { status: 'ready' }),
  };
}
