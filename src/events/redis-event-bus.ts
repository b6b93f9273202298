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
/** Events to send once Redis is available again; past it the oldest are dropped. */
const MAX_UNSENT = 1_000;
const EVENTS_AT_ONCE = 200;
/** Read again in each session, as Redis may have lost a moment, or its clock may have gone back. */
const OVERLAP_MS = 10_000;

/** KEYS: the stream. ARGV: the event, how many to keep about, for how long to keep them if none follows. */
const ADD = createScript(`
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'event', ARGV[1])
return redis.call('PEXPIRE', KEYS[1], ARGV[3])
`);

type Entries = [id: string, fields: [name: string, event: string]][];

/** An id of a stream's entry, within what Redis takes for one. */
const POSITION = /^\d{1,15}-\d{1,9}$/;

function toEvent([position, [, text]]: Entries[number]): CustomerEvent | undefined {
  const event = loadEvent(text);
  return event && { ...event, position };
}

/**
 * An EventBus for all replicas, over a stream: one that was away reads what it has missed, where pub/sub would have lost
 * it. Events may arrive twice and are reported once. What is published while Redis is unavailable is sent later, and reported
 * here without a position.
 */
export function createRedisEventBus({ redis, reader, logger, now }: RedisEventBusOptions): EventBus {
  const listeners = createListeners(logger);
  const inOrder = createListeners(logger);
  /** Published here, and not read from the stream yet. */
  const unread = new Map<string, CustomerEvent>();
  const stream = redis.key('events', '');
  const startedAt = now();
  let unsent: CustomerEvent[] = [];
  let position: number | undefined;
  const publishing = new Set<Promise<boolean>>();
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
    // By the clock of Redis, whose streams count by it. No one has missed what was before this bus.
    const sessionBeganAt = session.sinceMicros / 1_000;
    const beganAt = sessionBeganAt - (now() - startedAt);
    position = Math.min(position ?? beganAt, sessionBeganAt);
    let last = `${Math.max(0, Math.floor(Math.max(beganAt, position - OVERLAP_MS)))}-0`;
    const options = ['COUNT', String(EVENTS_AT_ONCE), 'BLOCK', String(BLOCK_MS)];
    while (!isClosed) {
      const reply = await session.send(stream, ['XREAD', ...options, 'STREAMS', stream, last]);
      const [[, entries] = ['', []]] = (reply ?? []) as [string, Entries][];
      for (const entry of entries) {
        [last] = entry;
        position = Math.max(position, parseInt(last, 10));
        const event = toEvent(entry);
        if (!event) continue;
        listeners.tell(event);
        inOrder.tell(event);
        unread.delete(event.id);
      }
    }
  }

  /** For when it may take long to read them, or they may be lost. */
  function tellUnread(): void {
    for (const event of unread.values()) inOrder.tell(event);
    unread.clear();
  }

  redis.onSession(() => void sendUnsent());
  // It ends with the session, and the next one begins where it was.
  reader.onSession((session) => void read(session).catch(tellUnread));

  return {
    async publish(event) {
      if (isClosed) return false;
      listeners.tell(event);
      unread.set(event.id, event);
      const sending = send(event);
      publishing.add(sending);
      const isSent = await sending;
      publishing.delete(sending);
      if (!isSent || !reader.session) tellUnread();
      return isSent;
    },
    subscribe: (listener) => listeners.add(listener),
    subscribeInOrder: (listener) => inOrder.add(listener),
    async readAfter(after, maximum) {
      if (!POSITION.test(after)) return undefined;
      try {
        const args = ['XRANGE', stream, after, '+', 'COUNT', String(maximum + 2)];
        const [first, ...entries] = ((await redis.session?.send(stream, args)) ?? []) as Entries;
        // While it is kept, so is what followed: the oldest go first.
        if (first?.[0] !== after || entries.length > maximum) return undefined;
        return entries.map(toEvent).filter((event) => event !== undefined);
      } catch {
        return undefined;
      }
    },
    async close() {
      isClosed = true;
      listeners.clear();
      inOrder.clear();
      await Promise.all(publishing);
    },
  };
}
