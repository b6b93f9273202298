import { ErrorReply } from '@redis/client';

/** Whether Redis has just not seen a script before. */
export const isUnknownScript = (error: unknown): boolean =>
  error instanceof ErrorReply && error.message.startsWith('NOSCRIPT');

/** Whether Redis has no memory left for what was asked, in a script or outside; what it holds is as good as before. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof ErrorReply && error.message.includes('OOM command not allowed');

/** Why Redis is away, in words that hold no host and no key. */
export function reasonOf(error: unknown): string {
  if (error instanceof ErrorReply) return error.message.split(' ', 1)[0] ?? 'refused';
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
