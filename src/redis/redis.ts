import type { RedisTrouble } from './reply-errors.js';
/** Redis cannot be asked at the moment. Anyone who meets this goes on without it. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

/** A Lua script, which Redis runs as one step that nothing comes in between of. */
export interface RedisScript {
  readonly text: string;
  readonly sha1: string;
}

/** One connection, from when it was made to when it is lost; the next one is another session. */
export interface RedisSession {
  /**
   * When it was made, by Redis's clock in microseconds of the epoch. Whatever was stored from reads before that may have
   * been changed since without this process being told.
   */
  readonly sinceMicros: number;
  /**
   * Sends one command. `key` is one of its keys and says where it goes in a cluster.
   * @throws RedisAway if no answer came in time or the connection is lost; any failure but `OOM` and `WRONGTYPE` ends the session
   */
  send(key: string, args: readonly string[]): Promise<unknown>;
  /** The same for a script, all of whose keys must share a hash tag. @throws RedisAway */
  run(script: RedisScript, keys: readonly [string, ...string[]], args: readonly string[]): Promise<unknown>;
}

/** What replicas share. Nothing ever waits for it to come back. */
export interface Redis {
  /** Undefined while Redis is unavailable. */
  readonly session: RedisSession | undefined;
  /** What an operator has to know; undefined while all is well. It stays for a minute after a refusal. */
  readonly trouble: RedisTrouble | undefined;
  /** Calls the listener with each later session, and with the present one at once. */
  onSession(listener: (session: RedisSession) => void): void;
  /**
   * The full name of a key. Keys with the same `tag` are in the same slot of a cluster, so one command or script may use
   * several of them.
   */
  key(tag: string, name: string): string;
  close(): void;
}
