import { createScript } from '../../redis/create-script.js';
import type { Redis } from '../../redis/redis.js';
import type { Admission, RateLimiter } from './rate-limiter.js';

const MINUTE_MICROS = 60_000_000;

/**
 * KEYS: what the caller owes, and when that was: two numbers of microseconds. ARGV: what one request costs, and how much
 * one may owe. Gives the wait until it may be admitted, or 0 where it was. Owing falls as time passes; kept apart from the
 * instant it keeps its fractions, which many requests add up.
 */
const ADMIT = createScript(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local cost, most = tonumber(ARGV[1]), tonumber(ARGV[2])
local owed = 0
local known = redis.call('GET', KEYS[1])
if known then
  local before, at = string.match(known, '(%S+) (%S+)')
  owed = math.max(0, tonumber(before) - math.max(0, now - tonumber(at)))
  -- The clock of Redis has gone back: what is owed is paid off from now on.
  if now < tonumber(at) then redis.call('SET', KEYS[1], string.format('%.6f %.0f', owed, now), 'PX', math.ceil(owed / 1000) + 1) end
end
local wait = owed + cost - most
if wait > 1 then return string.format('%.0f', wait) end
redis.call('SET', KEYS[1], string.format('%.6f %.0f', owed + cost, now), 'PX', math.ceil((owed + cost) / 1000))
return '0'
`);

/** KEYS and ARGV: the same. Lowers what the caller owes by the cost of one request. */
const GIVE_BACK = createScript(`
local known = redis.call('GET', KEYS[1])
if not known then return 0 end
local before, at = string.match(known, '(%S+) (%S+)')
local owed = math.max(0, tonumber(before) - tonumber(ARGV[1]))
local left = redis.call('PTTL', KEYS[1])
if left > 0 then redis.call('SET', KEYS[1], string.format('%.6f %s', owed, at), 'PX', left) end
return 1
`);

const toAdmission = (waitMicros: number): Admission =>
  waitMicros === 0
    ? { isAllowed: true }
    : { isAllowed: false, retryAfterSeconds: Math.max(1, Math.ceil(waitMicros / 1_000_000)) };

/**
 * Counts for all replicas together, by the same algorithm as in memory. While Redis is unavailable `fallback` counts for this
 * process alone.
 */
export function createRedisRateLimiter(redis: Redis, perMinute: number, fallback: RateLimiter): RateLimiter {
  const args = [String(MINUTE_MICROS / perMinute), String(MINUTE_MICROS)];
  return {
    async admit(key) {
      try {
        const waitMicros = await redis.session?.run(ADMIT, [redis.key(key, ':rate')], args);
        if (waitMicros !== undefined) return toAdmission(Number(waitMicros));
      } catch {
        // Counted below instead.
      }
      return fallback.admit(key);
    },
    async giveBack(key) {
      const { session } = redis;
      if (!session) return fallback.giveBack(key);
      // What stays counted is paid off with time.
      await session.run(GIVE_BACK, [redis.key(key, ':rate')], args).catch(() => undefined);
    },
  };
}
