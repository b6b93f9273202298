import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/** The keys could not be fetched, so no token can be told from a false one. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface KeySetOptions {
  /** Told of each failed fetch. */
  onFailure: (reason: string) => void;
  now: () => number;
}

const TIMEOUT_MS = 3_000;
/** For how long keys are used without asking again; so a key that was taken back is trusted no longer than this. */
const MAX_AGE_MS = 600_000;
/** An unknown key id is looked for at once, and then not before this, so that made-up ids cost no fetch each. */
const COOLDOWN_MS = 30_000;
const RETRY_MS = 1_000;

/** Failures that are the token's own: its key is not in the set, or is not one of a kind. */
const TOKENS_FAULTS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** A word for a failed fetch, without any host in it. */
function reasonOf(error: unknown): string {
  const { cause, code, name } = Object(error) as { cause?: unknown; code?: unknown; name?: unknown };
  return String((Object(cause) as { code?: unknown }).code ?? code ?? name);
}

/**
 * The keys of a token issuer, fetched with the first token and again for an unknown key id, or once they are old.
 * Finding a key throws KeysUnavailable where they can't be fetched: old keys are not used instead.
 */
export function createKeySet(url: URL, { onFailure, now }: KeySetOptions): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: MAX_AGE_MS,
    cooldownDuration: COOLDOWN_MS,
  });
  let failedAt = -Infinity;

  return async (header, token) => {
    const isDown = now() < failedAt + RETRY_MS;
    if (isDown && !keys.fresh) throw new KeysUnavailable();
    try {
      return await keys(header, token);
    } catch (error) {
      if (TOKENS_FAULTS.some((Fault) => error instanceof Fault)) throw error;
      if (!isDown) onFailure(reasonOf(error));
      failedAt = now();
      throw new KeysUnavailable();
    }
  };
}
