import { ErrorReply } from '@redis/client';

/** Whether Redis has just not seen a script before. */
export const isUnknownScript = (error: unknown): boolean =>
  error instanceof ErrorReply && error.message.startsWith('NOSCRIPT');

/** Whether Redis has no memory left for what was asked, in a script or outside; what it holds is as good as before. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof ErrorReply && error.message.includes('OOM command not allowed');

/** Whether a key holds what another program put there; every other command works. */
export const isWrongType = (error: unknown): boolean =>
  error instanceof ErrorReply && error.message.includes('WRONGTYPE');

/** Whether Redis has answered and refused: to connect again does not help by itself. */
export const isRefusal = (error: unknown): boolean => error instanceof ErrorReply;

export interface RedisTrouble {
  reason: string;
  /** The command that the user of REDIS_URL has no right to. */
  command?: string;
  hint?: string;
}

const NO_RIGHT = /NOPERM|no permissions|ACL failure|can't run this command/i;

const NO_ANSWER = 'no answer in time';

/**
 * Why Redis is unavailable, in words that hold no host and no key: `{ reason: 'NOPERM', command: 'get' }`. `opening` is the target
 * of a connection that was never made.
 */
export function explainTrouble(error: unknown, opening?: { isTls: boolean }): RedisTrouble {
  const reason = reasonOf(error);
  if (error instanceof ErrorReply) {
    if (isWrongType(error)) return { reason: 'WRONGTYPE', hint: 'another program may use keys with REDIS_KEY_PREFIX' };
    if (!NO_RIGHT.test(error.message)) return { reason };
    const command = /'([\w|]+)' (?:sub)?command/.exec(error.message)?.[1];
    if (command !== undefined) return { reason: 'NOPERM', command };
    return {
      reason: 'NOPERM',
      hint: 'the user of REDIS_URL needs every command on the keys of REDIS_KEY_PREFIX',
    };
  }
  if (!opening) return { reason };
  // To the first bytes of TLS a plain port says nothing, and one of TLS closes what is no TLS.
  if (opening.isTls && (reason === NO_ANSWER || reason === 'ERR_SSL_WRONG_VERSION_NUMBER')) {
    return { reason, hint: 'the port may not speak TLS: then REDIS_URL has to start with redis://' };
  }
  if (!opening.isTls && reason === 'Socket closed unexpectedly') {
    return { reason, hint: 'the port may speak TLS: then REDIS_URL has to start with rediss://' };
  }
  return { reason };
}

/** A word of Redis, or a code. */
export function reasonOf(error: unknown): string {
  if (error instanceof ErrorReply) return error.message.split(' ', 1)[0] ?? 'refused';
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
