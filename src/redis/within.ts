import { RedisAway } from './redis.js';

/**
 * The promise's outcome, or RedisAway once `timeoutMs` have passed. Where this process itself was busy for that long, an
 * answer that has arrived meanwhile still counts.
 */
export async function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_, reject) => {
    // Immediates run after sockets were read, timers before.
    timer = setTimeout(() => setImmediate(() => reject(new RedisAway('no answer in time'))), timeoutMs);
  });
  try {
    return await Promise.race([promise, bound]);
  } finally {
    clearTimeout(timer);
  }
}
