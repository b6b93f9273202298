import { createScript } from '../redis/create-script.js';
import type { Redis } from '../redis/redis.js';
import type { UuidStore } from './uuid-store.js';

/** From its first pair on: then it is built anew, without the customers that are gone. */
const KEEP_MS = 86_400_000;

/** KEYS: the pairs. ARGV: time to live, then UUIDs and ids in turn. */
const ADD = createScript(`
for index = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1]) end
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
`);

/** The pairs that belong to the scope of a caller. */
export function createRedisUuidStore(redis: Redis, scope: string): UuidStore {
  const key = redis.key(scope, ':uuids');
  return {
    async idsOf(uuids) {
      try {
        const ids = await redis.session?.send(key, ['HMGET', key, ...uuids]);
        return ((ids ?? []) as (string | null)[]).map((id) => id ?? undefined);
      } catch {
        return [];
      }
    },
    add(idsByUuid) {
      redis.session?.run(ADD, [key], [String(KEEP_MS), ...[...idsByUuid].flat()]).catch(() => undefined);
    },
    clear() {
      redis.session?.send(key, ['DEL', key]).catch(() => undefined);
    },
  };
}
