import { randomUUID } from 'node:crypto';
import { createScript } from '../redis/create-script.js';
import type { Redis, RedisScript } from '../redis/redis.js';
import type { Leases } from './lease.js';

/**
 * KEYS: the holder, the last fence. ARGV: the new holder, its time. Gives a fence, or false if there is a holder. Fences
 * are at least the time in microseconds, so that they grow even if Redis has lost the last one.
 */
const ACQUIRE = createScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local fence = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
redis.call('SET', KEYS[2], fence)
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return fence
`);

/** KEYS: the holder. ARGV: who has to be the holder, the time. */
const RENEW = createScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

/** KEYS: the holder. ARGV: who has to be the holder. */
const RELEASE = createScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

/**
 * Leases for all replicas. `now` is monotonic, in milliseconds. A holder counts its time from before it asked, so it gives
 * up before Redis does; if Redis has lost the lease there may be two holders for that time, told apart by their fences.
 */
export function createRedisLeases(redis: Redis, now: () => number): Leases {
  async function run(script: RedisScript, keys: [string, ...string[]], ...args: string[]): Promise<unknown> {
    return redis.session?.run(script, keys, args).catch(() => undefined);
  }

  return {
    async acquire(name, ttlMs) {
      const holder = redis.key(`lease:${name}`, ':holder');
      const token = randomUUID();
      let until = now() + ttlMs;
      const fence = await run(ACQUIRE, [holder, redis.key(`lease:${name}`, ':fence')], token, String(ttlMs));
      if (typeof fence !== 'string') return undefined;
      return {
        fence: Number(fence),
        isHeld: () => until > now(),
        async renew() {
          const renewedUntil = now() + ttlMs;
          if (until <= now() || (await run(RENEW, [holder], token, String(ttlMs))) !== 1) return false;
          until = Math.max(until, renewedUntil);
          return true;
        },
        async release() {
          until = -Infinity;
          await run(RELEASE, [holder], token);
        },
      };
    },
  };
}
