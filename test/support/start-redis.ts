import { createRedis, type RedisOptions } from '../../src/redis/create-redis.js';
import { loadRedisTarget } from '../../src/redis/load-redis-target.js';
import type { Redis } from '../../src/redis/redis.js';

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * A script that lets time pass: every key has so many milliseconds less to live, and what the rate limit counts was so
 * much earlier.
 */
export const PASS_TIME = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if string.sub(key, -5) == ':rate' then
    local owed, at = string.match(redis.call('GET', key), '(%S+) (%S+)')
    redis.call('SET', key, owed .. ' ' .. string.format('%.0f', at - ARGV[1] * 1000), 'PX', left)
  end
  if left > 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
end`;

/** A connection as the gateway makes it, with more patience than it has, as test machines are busy. */
export function startRedis(url: string, options: Partial<RedisOptions> = {}): Promise<Redis> {
  return createRedis({
    target: loadRedisTarget(url),
    keyPrefix: 'test:',
    timeoutMs: 1_000,
    logger: SILENT,
    random: () => 0.5,
    ...options,
  });
}
