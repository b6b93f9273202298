import { ErrorReply } from '@redis/client';
import type { Logger } from '../telemetry/logger.js';
import { openLink, type Link } from './open-link.js';
import { RedisAway, type Redis, type RedisSession } from './redis.js';
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

/** For a connection to stand, with its handshake. */
const CONNECT_TIMEOUT_MS = 1_000;
/** How soon it is noticed that Redis is away where nothing is asked of it. */
const HEARTBEAT_MS = 1_000;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  if (error instanceof ErrorReply) return error.message.split(' ', 1)[0] ?? '';
  return error instanceof Error ? error.message || error.name : 'unknown';
};

const isReply = (error: unknown, code: string): error is ErrorReply =>
  error instanceof ErrorReply && error.message.startsWith(code);

/**
 * Connects, and connects again whenever the connection is lost. Resolves after the first attempt, whatever came of it.
 * Commands are bounded in time and never queued for a connection to come.
 */
export async function createRedis(options: RedisOptions): Promise<Redis> {
  const { target, keyPrefix, timeoutMs, logger, random } = options;
  const listeners: ((session: RedisSession) => void)[] = [];
  let current: { link: Link; session: RedisSession } | undefined;
  let failures = 0;
  let isAway = false;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  function report(error: unknown): void {
    if (!isAway) logger.warn({ reason: reasonOf(error) }, 'Redis is away');
    isAway = true;
  }

  function lose(link: Link, error: unknown): void {
    if (current?.link !== link) return;
    current = undefined;
    link.destroy();
    if (isClosed) return;
    report(error);
    connectLater();
  }

  function connectLater(): void {
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2);
    retry = setTimeout(() => void connect(), delayMs);
    retry.unref();
  }

  function createSession(link: Link, sinceMicros: number): RedisSession {
    async function send(key: string, args: readonly string[]): Promise<unknown> {
      if (current?.link !== link) throw new RedisAway('the connection is lost');
      try {
        return await within(link.send(key, args), timeoutMs);
      } catch (error) {
        if (isReply(error, 'NOSCRIPT')) throw error;
        // It has no memory left: what it holds is as good as before.
        if (!isReply(error, 'OOM')) lose(link, error);
        throw error instanceof RedisAway ? error : new RedisAway(reasonOf(error), { cause: error });
      }
    }
    return {
      sinceMicros,
      send,
      async run({ text, sha1 }, keys, args) {
        const rest = [String(keys.length), ...keys, ...args];
        try {
          return await send(keys[0], ['EVALSHA', sha1, ...rest]);
        } catch (error) {
          if (!isReply(error, 'NOSCRIPT')) throw error;
          return send(keys[0], ['EVAL', text, ...rest]);
        }
      },
    };
  }

  async function openInTime(): Promise<{ link: Link; sinceMicros: number }> {
    let unfinished: { destroy(): void } | undefined;
    let lost: Error | undefined;
    let opened: Link | undefined;
    const onLost = (error: unknown): void => {
      lost ??= error instanceof Error ? error : new RedisAway('a node is lost');
      if (opened) lose(opened, lost);
    };
    async function open(): Promise<{ link: Link; sinceMicros: number }> {
      const linkOptions = { target, connectTimeoutMs: CONNECT_TIMEOUT_MS, onLost };
      const link = await openLink(linkOptions, (opening) => (unfinished = opening));
      opened = link;
      const sinceMicros = await link.clockMicros();
      if (lost) throw lost;
      return { link, sinceMicros };
    }
    try {
      return await within(open(), CONNECT_TIMEOUT_MS);
    } catch (error) {
      unfinished?.destroy();
      throw error;
    }
  }

  async function connect(): Promise<void> {
    try {
      const { link, sinceMicros } = await openInTime();
      if (isClosed) {
        link.destroy();
        return;
      }
      const session = createSession(link, sinceMicros);
      current = { link, session };
      if (isAway) logger.info({}, 'Redis is back');
      isAway = false;
      failures = 0;
      for (const listener of listeners) listener(session);
    } catch (error) {
      if (isClosed) return;
      report(error);
      failures += 1;
      connectLater();
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
  }, HEARTBEAT_MS);
  heartbeat.unref();

  await connect();
  return {
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
      clearTimeout(retry);
      clearInterval(heartbeat);
      current?.link.destroy();
      current = undefined;
    },
  };
}
