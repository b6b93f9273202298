import { createHash } from 'node:crypto';
import type { RedisScript } from './redis.js';

/** A script by its Lua text. */
export function createScript(text: string): RedisScript {
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}
