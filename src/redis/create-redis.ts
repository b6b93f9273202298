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
  const { target, keyPrefix, timeoutMs, logger, random } = options;
  const listeners: ((session: RedisSession) => void)[] = [];
  let current: { link: Link; session: RedisSession } | undefined;
  let trouble: RedisTrouble | undefined;
  let wasRefused = false;
  let isClosed = false;
  let failures = 0;
  /** Runs to the next attempt, or to the end of what counts as unstable. */
  let timer: NodeJS.Timeout | undefined;

  let hasRefused = false;
  function onRefused(error: unknown): void {
    if (!hasRefused) logger.warn(explainTrouble(error), 'Redis rejects a command; logged once');
    hasRefused = true;
  }

  function after(delayMs: number, act: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(act, delayMs).unref();
  }

  function fail(error: unknown, opening?: RedisTarget): void {
    if (isClosed) return;
    const told = trouble;
    trouble = explainTrouble(error, opening);
    wasRefused ||= isRefusal(error);
    if (!told) logger.warn(trouble, 'Redis unavailable');
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
    failures += 1;
    after(delayMs * (0.5 + random() / 2), () => void connect());
  }

  function lose(link: Link, error: unknown): void {
    if (current?.link !== link) return;
    current = undefined;
    link.destroy();
    fail(error);
  }

  function recover(): void {
    if (trouble) logger.info({}, 'Redis available again');
    trouble = undefined;
  }

  function begin(link: Link, sinceMicros: number): void {
    const isCurrent = (): boolean => current?.link === link;
    const onFailure = (error: unknown): void => lose(link, error);
    const session = createSession({ link, sinceMicros, timeoutMs, isCurrent, onFailure, onRefused });
    current = { link, session };
    if (!wasRefused) recover();
    after(wasRefused ? REFUSED_MS : STABLE_MS, () => {
      failures = 0;
      wasRefused = false;
      recover();
    });
    for (const listener of listeners) listener(session);
  }

  async function connect(): Promise<void> {
    try {
      const { link, sinceMicros } = await openInTime(target, lose);
      if (isClosed) link.destroy();
      else begin(link, sinceMicros);
    } catch (error) {
      fail(error, target);
    }
  }

  let isAsking = false;
  const heartbeat = setInterval(() => {
    if (!current || isAsking) return;
    const { link } = current;
    isAsking = true;
    within(link.clockMicros(), timeoutMs)
      .catch((error: unknown) => lose(link, error))
      .finally(() => (isAsking = false));
  }, HEARTBEAT_MS).unref();

  await connect();
  return {
    get trouble() {
      return trouble;
    },
    get session() {
      return current?.session;
    },
    onSession(listener) {
      listeners.push(listener);
      if (current) listener(current.session);
    },
    key: (tag, name) => `${keyPrefix}{${tag}}${name}`,
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(heartbeat);
      current?.link.destroy();
      current = undefined;
    },
  };
}
