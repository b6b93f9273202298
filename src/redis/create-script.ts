import { hash } from 'node:crypto';
import type { RedisScript } from './redis.js';

/** A script by its Lua text. */
export function createScript(text: string): RedisScript {
  return { text, sha1: hash('sha1', text, 'hex') };
}
