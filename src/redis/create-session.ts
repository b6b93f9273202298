import type { Link } from './open-link.js';
import { isOutOfMemory, isUnknownScript, isWrongType, reasonOf } from './reply-errors.js';
import { RedisAway, type RedisSession } from './redis.js';
import { within } from './within.js';

export interface SessionOptions {
  link: Link;
  sinceMicros: number;
  /** For each answer. */
  timeoutMs: number;
  isCurrent: () => boolean;
  /** Notified of every failure after which the connection can't be relied on. */
  onFailure: (error: unknown) => void;
  /** Notified of commands that were refused while others work. */
  onRefused: (error: unknown) => void;
}

export function createSession({
  link,
  sinceMicros,
  timeoutMs,
  isCurrent,
  onFailure,
  onRefused,
}: SessionOptions): RedisSession {
  async function send(key: string, args: readonly string[]): Promise<unknown> {
    if (!isCurrent()) throw new RedisAway('the connection is lost');
    try {
      return await within(link.send(key, args), timeoutMs);
    } catch (error) {
      if (isUnknownScript(error)) throw error;
      if (isWrongType(error)) onRefused(error);
      else if (!isOutOfMemory(error)) onFailure(error);
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
        if (!isUnknownScript(error)) throw error;
        return send(keys[0], ['EVAL', text, ...rest]);
      }
    },
  };
}
