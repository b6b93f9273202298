import { createScript } from '../redis/create-script.js';
import { RedisAway, type Redis } from '../redis/redis.js';
import { KEPT_MS, type OutcomeStore } from './outcome-store.js';

/** KEYS: the key. ARGV: the expected value and the next one, each empty for none; the time. Gives a value, or 1 once it has swapped. */
const SWAP = createScript(`
local current = redis.call('GET', KEYS[1]) or ''
if current ~= ARGV[1] then return current end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1
`);

/** Outcomes of all replicas. */
export function createRedisOutcomeStore(redis: Redis): OutcomeStore {
  return {
    async swap(key, expected, next) {
      const { session } = redis;
      if (!session) throw new RedisAway('there is no connection');
      const name = redis.key(`outcome:${key}`, '');
      const reply = await session.run(SWAP, [name], [expected ?? '', next ?? '', String(KEPT_MS)]);
      if (reply === 1) return { swapped: true };
      return { swapped: false, current: typeof reply === 'string' && reply !== '' ? reply : undefined };
    },
  };
}
