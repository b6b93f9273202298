import { createScript } from '../redis/create-script.js';
import type { Redis, RedisSession } from '../redis/redis.js';
import type { Logger } from '../telemetry/logger.js';
import { createListeners } from './create-listeners.js';
import type { CustomerEvent, EventBus } from './event-bus.js';
import { loadEvent } from './load-event.js';

export interface RedisEventBusOptions {
  redis: Redis;
  /** A connection of its own, with more patience than BLOCK_MS, as waiting for events holds up everything behind it. */
  reader: Redis;
  logger: Logger;
  /** Monotonic, in milliseconds. */
  now: () => number;
}

/** How long Redis waits for an event before it answers that there was none. */
export const BLOCK_MS = 1_000;
/** What a replica that was away can make up for. */
const KEPT_EVENTS = 10_000;
const KEEP_MS = 3_600_000;
/** Events to send once Redis is back; past it the oldest are dropped. */
const MAX_UNSENT = 1_000;
const EVENTS_AT_ONCE = 200;
/** Read again in each session, as Redis may have lost a moment, or its clock may have gone back. */
const OVERLAP_MS = 10_000;

/** KEYS: the stream. ARGV: the event, how many to keep about, for how long to keep them where none follows. */
const ADD = createScript(`
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'event', ARGV[1])
return redis.call('PEXPIRE', KEYS[1], ARGV[3])
`);

type Entries = [id: string, fields: [name: string, event: string]][];

/**
 * An EventBus for all replicas, over a stream: one that was away reads what it has missed, where pub/sub would have lost
 * it. Events may arrive twice and are told once. What is published while Redis is away is sent later.
 */
export function createRedisEventBus({ redis, reader, logger, now }: RedisEventBusOptions): EventBus {
  const listeners = createListeners(logger);
  const stream = redis.key('events', '');
  const startedAt = now();
  let unsent: CustomerEvent[] = [];
  let position: number | undefined;
  let isClosed = false;

  async function send(event: CustomerEvent): Promise<boolean> {
    try {
      const args = [JSON.stringify(event), String(KEPT_EVENTS), String(KEEP_MS)];
      if (await redis.session?.run(ADD, [stream], args)) return true;
    } catch {
      // Kept for later.
    }
    unsent = [...unsent, event].slice(-MAX_UNSENT);
    return false;
  }

  async function sendUnsent(): Promise<void> {
    const waiting = unsent;
    unsent = [];
    for (const event of waiting) await send(event);
  }

  async function read(session: RedisSession): Promise<void> {
    // By the clock of Redis, whose streams count by it. Nobody has missed what was before this bus.
    const sessionBeganAt = session.sinceMicros / 1_000;
    const beganAt = sessionBeganAt - (now() - startedAt);
    position = Math.min(position ?? beganAt, sessionBeganAt);
    let last = `${Math.max(0, Math.floor(Math.max(beganAt, position - OVERLAP_MS)))}-0`;
    const options = ['COUNT', String(EVENTS_AT_ONCE), 'BLOCK', String(BLOCK_MS)];
    while (!isClosed) {
      const reply = await session.send(stream, ['XREAD', ...options, 'STREAMS', stream, last]);
      const [[, entries] = ['', []]] = (reply ?? []) as [string, Entries][];
      for (const [id, [, text]] of entries) {
        last = id;
        position = Math.max(position, parseInt(id, 10));
        const event = loadEvent(text);
        if (event) listeners.tell(event);
      }
    }
  }

  redis.onSession(() => void sendUnsent());
  // It ends with the session, and the next one begins where it was.
  reader.onSession((session) => void read(session).catch(() => undefined));

  return {
    async publish(event) {
      if (isClosed) return false;
      listeners.tell(event);
      return send(event);
    },
    subscribe: (listener) => listeners.add(listener),
    close() {
      isClosed = true;
      listeners.clear();
    },
  };
}
