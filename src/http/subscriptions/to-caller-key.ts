import { hash } from 'node:crypto';
import type { Caller } from '../../auth/caller.js';

/** Tells callers apart by what has authenticated them, without holding a credential. */
export function toCallerKey({ serviceToken, identity }: Caller): string {
  return hash('sha256', JSON.stringify([serviceToken ?? null, identity ?? null]), 'base64url');
}
