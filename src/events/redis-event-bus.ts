import { createScript } from '../redis/create-script.js';
import type { Redis, RedisSession } from '../redis/redis.js';
import type { Logger } from '../telemetry/logger.js';
import { createListeners, type Listeners } from './create-listeners.js';
import type { CustomerEvent, EventBus, EventListener } from './event-bus.js';
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
export function createRedisEventBus(options: RedisEventBusOptions): EventBus {
  return new RedisEventBus(options);
}

class RedisEventBus implements EventBus {
  private readonly redis: Redis;
  private readonly reader: Redis;
  private readonly now: () => number;
  private readonly startedAt: number;
  private readonly stream: string;
  private readonly listeners: Listeners;
  private readonly inOrder: Listeners;
  /** Published here, and not read from the stream yet. */
  private readonly unread = new Map<string, CustomerEvent>();
  private readonly publishing = new Set<Promise<boolean>>();
  private unsent: CustomerEvent[] = [];
  /** Time of the last event that was read, in milliseconds by the clock of Redis. */
  private position: number | undefined;
  private isClosed = false;

  constructor({ redis, reader, logger, now }: RedisEventBusOptions) {
    this.redis = redis;
    this.reader = reader;
    this.now = now;
    this.startedAt = now();
    this.stream = redis.key('events', '');
    this.listeners = createListeners(logger);
    this.inOrder = createListeners(logger);
    redis.onSession(() => void this.sendUnsent());
    // It ends with the session, and the next one begins where it was.
    reader.onSession((session) => void this.read(session).catch(() => this.tellUnread()));
  }

  async publish(event: CustomerEvent): Promise<boolean> {
    if (this.isClosed) return false;
    this.listeners.tell(event);
    this.unread.set(event.id, event);
    const sending = this.send(event);
    this.publishing.add(sending);
    const isSent = await sending;
    this.publishing.delete(sending);
    if (!isSent || !this.reader.session) this.tellUnread();
    return isSent;
  }

  subscribe(listener: EventListener): () => void {
    return this.listeners.add(listener);
  }

  subscribeInOrder(listener: EventListener): () => void {
    return this.inOrder.add(listener);
  }

  async readAfter(after: string, maximum: number): Promise<CustomerEvent[] | undefined> {
    if (!POSITION.test(after)) return undefined;
    try {
      const args = ['XRANGE', this.stream, after, '+', 'COUNT', String(maximum + 2)];
      const [first, ...entries] = ((await this.redis.session?.send(this.stream, args)) ?? []) as Entries;
      // While it is kept, so is what followed: the oldest go first.
      if (first?.[0] !== after || entries.length > maximum) return undefined;
      return entries.map(toEvent).filter((event) => event !== undefined);
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.listeners.clear();
    this.inOrder.clear();
    await Promise.all(this.publishing);
  }

  private async send(event: CustomerEvent): Promise<boolean> {
    try {
      const args = [JSON.stringify(event), String(KEPT_EVENTS), String(KEEP_MS)];
      if (await this.redis.session?.run(ADD, [this.stream], args)) return true;
    } catch {
      // Kept for later.
    }
    this.unsent = [...this.unsent, event].slice(-MAX_UNSENT);
    return false;
  }

  private async sendUnsent(): Promise<void> {
    const waiting = this.unsent;
    this.unsent = [];
    for (const event of waiting) await this.send(event);
  }

  private async read(session: RedisSession): Promise<void> {
    let last = this.startOf(session);
    const options = ['COUNT', String(EVENTS_AT_ONCE), 'BLOCK', String(BLOCK_MS)];
    while (!this.isClosed) {
      const reply = await session.send(this.stream, ['XREAD', ...options, 'STREAMS', this.stream, last]);
      const [[, entries] = ['', []]] = (reply ?? []) as [string, Entries][];
      for (const entry of entries) {
        [last] = entry;
        this.position = Math.max(this.position ?? 0, parseInt(last, 10));
        const event = toEvent(entry);
        if (!event) continue;
        this.listeners.tell(event);
        this.inOrder.tell(event);
        this.unread.delete(event.id);
      }
    }
  }

  /**
   * The id after which a session reads, by the clock of Redis, whose streams count by it. No one has missed what was before
   * this bus.
   */
  private startOf({ sinceMicros }: RedisSession): string {
    const sessionBeganAt = sinceMicros / 1_000;
    const beganAt = sessionBeganAt - (this.now() - this.startedAt);
    this.position = Math.min(this.position ?? beganAt, sessionBeganAt);
    return `${Math.max(0, Math.floor(Math.max(beganAt, this.position - OVERLAP_MS)))}-0`;
  }

  /** For when it may take long to read them, or they may be lost. */
  private tellUnread(): void {
    for (const event of this.unread.values()) this.inOrder.tell(event);
    this.unread.clear();
  }
}
