import { createHash } from 'node:crypto';
import type { Caller } from '../../auth/caller.js';

/** Tells callers apart by what has authenticated them, without holding a credential. */
export function toCallerKey({ serviceToken, identity }: Caller): string {
  return createHash('sha256')
    .update(JSON.stringify([serviceToken ?? null, identity ?? null]))
    .digest('base64url');
}
