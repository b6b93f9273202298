import { createScript } from '../redis/create-script.js';
import { RedisAway, type Redis, type RedisScript, type RedisSession } from '../redis/redis.js';
import { loadClientKey, toClientKey } from './client-key.js';
import {
  KEEP_MS,
  MAX_CLIENTS,
  MAX_GAP_MS,
  OTHER_CLIENTS,
  type ClientUses,
  type ElementUsage,
  type UsageStore,
} from './usage-store.js';

/**
 * KEYS: the hash of one element. It holds everything about it, so that Redis can't lose the uses and keep since when they
 * are observed. `since` and `last` are the observation's; every other field is a client, with count, first and last use.
 * ARGV: now, the longest gap, the time to live; times in milliseconds.
 */
const CONTINUE = `
local key, now = KEYS[1], tonumber(ARGV[1])
local last = tonumber(redis.call('HGET', key, 'last') or '')
if not last or now - last > tonumber(ARGV[2]) then redis.call('HSET', key, 'since', ARGV[1]) end
if not last or now > last then redis.call('HSET', key, 'last', ARGV[1]) end
redis.call('PEXPIRE', key, ARGV[3])
`;

/** Forgets the clients not seen for the time to live. */
const OBSERVE = createScript(`${CONTINUE}
local fields = redis.call('HGETALL', key)
for index = 1, #fields, 2 do
  local used = tonumber(string.match(fields[index + 1], '^%S+ %S+ (%S+)$') or '')
  if used and used < now - tonumber(ARGV[3]) then redis.call('HDEL', key, fields[index]) end
end
`);

/** ARGV goes on: how many fields there may be, what stands for further clients; then client, count, first and last use. */
const ADD = createScript(`${CONTINUE}
for index = 6, #ARGV, 4 do
  local client = ARGV[index]
  local known = redis.call('HGET', key, client)
  if not known and redis.call('HLEN', key) >= tonumber(ARGV[4]) then
    client = ARGV[5]
    known = redis.call('HGET', key, client)
  end
  local count, first, last = tonumber(ARGV[index + 1]), tonumber(ARGV[index + 2]), tonumber(ARGV[index + 3])
  if known then
    local counted, before, latest = string.match(known, '^(%S+) (%S+) (%S+)$')
    count, first, last = count + counted, math.min(first, before), math.max(last, latest)
  end
  redis.call('HSET', key, client, string.format('%.0f %.0f %.0f', count, first, last))
end
`);

/** `since` and `last` are fields too. */
const BOUNDS = [String(MAX_CLIENTS + 2), toClientKey(OTHER_CLIENTS)];

function toUsage(fields: readonly string[], now: number): ElementUsage {
  let [since, last]: (number | undefined)[] = [];
  const clients: ClientUses[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [field = '', value = ''] = fields.slice(index, index + 2);
    if (field === 'since') since = Number(value);
    else if (field === 'last') last = Number(value);
    else {
      const [count = 0, firstAt = 0, lastAt = 0] = value.split(' ').map(Number);
      clients.push({ client: loadClientKey(field), count, firstAt, lastAt });
    }
  }
  const isUnbroken = last !== undefined && now - last <= MAX_GAP_MS;
  return { observedSince: isUnbroken ? since : undefined, clients };
}

/** Uses seen by any replica, which survive all of them. */
export function createRedisUsageStore(redis: Redis): UsageStore {
  const keyOf = (coordinate: string): string => redis.key(coordinate, ':deprecated');
  function session(): RedisSession {
    if (!redis.session) throw new RedisAway('not connected');
    return redis.session;
  }
  async function run(script: RedisScript, coordinate: string, now: number, rest: readonly string[]): Promise<void> {
    await session().run(script, [keyOf(coordinate)], [now, MAX_GAP_MS, KEEP_MS].map(String).concat(rest));
  }

  return {
    async observe(coordinates, now) {
      await Promise.all(coordinates.map((coordinate) => run(OBSERVE, coordinate, now, [])));
    },
    async add(coordinate, uses, now) {
      const rows = uses.flatMap(({ client, count, firstAt, lastAt }) => [
        toClientKey(client),
        ...[count, firstAt, lastAt].map(String),
      ]);
      await run(ADD, coordinate, now, [...BOUNDS, ...rows]);
    },
    async read(coordinates, now) {
      const { send } = session();
      const found = await Promise.all(
        coordinates.map(async (coordinate) => {
          const key = keyOf(coordinate);
          return [coordinate, toUsage((await send(key, ['HGETALL', key])) as string[], now)] as const;
        }),
      );
      return new Map(found);
    },
  };
}
