import type { Logger } from '../telemetry/logger.js';
import { createSession } from './create-session.js';
import { openInTime } from './open-in-time.js';
import type { Link } from './open-link.js';
import { explainTrouble, isRefusal, type RedisTrouble } from './reply-errors.js';
import type { Redis, RedisSession } from './redis.js';
import type { RedisTarget } from './redis-target.js';
import { within } from './within.js';

export interface RedisOptions {
  target: RedisTarget;
  /** What every key starts with. */
  keyPrefix: string;
  /** For each answer; past it, Redis counts as away. */
  timeoutMs: number;
  logger: Logger;
  /** From 0 to below 1. */
  random: () => number;
}

/** How soon it is noticed that Redis is unavailable if nothing is asked of it. */
const HEARTBEAT_MS = 1_000;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;
/** What holds for that long was no accident: attempts are frequent again after it. */
const STABLE_MS = 5_000;
/** A refused command may not be sent again soon: without this, the state would change with each. */
const REFUSED_MS = 60_000;

/**
 * Connects, and connects again whenever the connection is lost. Resolves after the first attempt, whatever came of it.
 * Commands are bounded in time and never queued for a connection to come.
 */
export async function createRedis(options: RedisOptions): Promise<Redis> {
  const redis = new Reconnecting(options);
  await redis.connect();
  return redis;
}

class Reconnecting implements Redis {
  private readonly listeners: ((session: RedisSession) => void)[] = [];
  private readonly heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS).unref();
  private isAsking = false;
  private current: { link: Link; session: RedisSession } | undefined;
  private known: RedisTrouble | undefined;
  private wasRefused = false;
  private hasLoggedRefusal = false;
  private isClosed = false;
  private failures = 0;
  /** Runs to the next attempt, or to the end of what counts as unstable. */
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RedisOptions) {}

  get trouble(): RedisTrouble | undefined {
    return this.known;
  }

  get session(): RedisSession | undefined {
    return this.current?.session;
  }

  onSession(listener: (session: RedisSession) => void): void {
    this.listeners.push(listener);
    if (this.current) listener(this.current.session);
  }

  key(tag: string, name: string): string {
    return `${this.options.keyPrefix}{${tag}}${name}`;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    this.current?.link.destroy();
    this.current = undefined;
  }

  async connect(): Promise<void> {
    const { target } = this.options;
    try {
      const { link, sinceMicros } = await openInTime(target, (lost, error) => this.lose(lost, error));
      if (this.isClosed) link.destroy();
      else this.begin(link, sinceMicros);
    } catch (error) {
      this.fail(error, target);
    }
  }

  private begin(link: Link, sinceMicros: number): void {
    const session = createSession({
      link,
      sinceMicros,
      timeoutMs: this.options.timeoutMs,
      isCurrent: () => this.current?.link === link,
      onFailure: (error) => this.lose(link, error),
      onRefused: (error) => this.logRefusal(error),
    });
    this.current = { link, session };
    if (!this.wasRefused) this.recover();
    this.after(this.wasRefused ? REFUSED_MS : STABLE_MS, () => {
      this.failures = 0;
      this.wasRefused = false;
      this.recover();
    });
    for (const listener of this.listeners) listener(session);
  }

  private lose(link: Link, error: unknown): void {
    if (this.current?.link !== link) return;
    this.current = undefined;
    link.destroy();
    this.fail(error);
  }

  private fail(error: unknown, opening?: RedisTarget): void {
    if (this.isClosed) return;
    const { logger, random } = this.options;
    const wasKnown = this.known;
    this.known = explainTrouble(error, opening);
    this.wasRefused ||= isRefusal(error);
    if (!wasKnown) logger.warn(this.known, 'Redis unavailable');
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.failures, 10));
    this.failures += 1;
    this.after(delayMs * (0.5 + random() / 2), () => void this.connect());
  }

  private recover(): void {
    if (this.known) this.options.logger.info({}, 'Redis available again');
    this.known = undefined;
  }

  private logRefusal(error: unknown): void {
    if (!this.hasLoggedRefusal) this.options.logger.warn(explainTrouble(error), 'Redis rejects a command; logged once');
    this.hasLoggedRefusal = true;
  }

  private after(delayMs: number, act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, delayMs).unref();
  }

  private beat(): void {
    if (!this.current || this.isAsking) return;
    const { link } = this.current;
    this.isAsking = true;
    within(link.clockMicros(), this.options.timeoutMs)
      .catch((error: unknown) => this.lose(link, error))
      .finally(() => (this.isAsking = false));
  }
}
