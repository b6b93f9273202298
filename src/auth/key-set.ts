import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Dispatcher } from 'undici';
import { readKeys } from './read-keys.js';

/** The keys cannot be fetched, so no token can be verified. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

export interface KeySetOptions {
  /** Called once for each fetch, with a word for why it failed, if it did. */
  onFetch: (failure: string | undefined) => void;
  /** Undefined to connect directly. */
  dispatcher?: Dispatcher | undefined;
  /** Monotonic, in milliseconds. */
  now: () => number;
}

/** Age at which keys are fetched again, so a withdrawn key is trusted no longer than this. */
const MAX_AGE_MS = 600_000;
/** Least time between two fetches for an unknown key id, whether the first succeeded or not. */
const COOLDOWN_MS = 30_000;
/** Least time between two fetches while there are no keys to use. */
const RETRY_MS = 1_000;

type FindKey = ReturnType<typeof createLocalJWKSet>;

interface FetchedKeys {
  find: FindKey;
  /** Finds among the keys without an id. */
  findUnnamed: FindKey;
  fetchedAt: number;
}

const isUnknownKey = (error: unknown): boolean => error instanceof errors.JWKSNoMatchingKey;

/** A word for a failed fetch, without any host in it. */
function reasonOf(error: unknown): string {
  const { cause, code, name } = Object(error) as { cause?: unknown; code?: unknown; name?: unknown };
  return String(code ?? (Object(cause) as { code?: unknown }).code ?? name);
}

async function fetchKeys(url: URL, { dispatcher, now }: KeySetOptions): Promise<FetchedKeys> {
  const set = (await readKeys(url, dispatcher)) as JSONWebKeySet;
  // Checks that it is a key set.
  const find = createLocalJWKSet(set);
  const unnamed = set.keys.filter(({ kid }) => typeof kid !== 'string');
  return { find, findUnnamed: createLocalJWKSet({ keys: unnamed }), fetchedAt: now() };
}

/**
 * The keys of a token issuer, fetched at once, for an unknown key id, and by the first token once they are old. A key id that
 * stays unknown may belong to any key without an id. jose's own remote set ages by the wall clock, which may step.
 *
 * Finding a key throws KeysUnavailable if they cannot be fetched, because old keys are not used instead. It throws jose's
 * JWKSMultipleMatchingKeys, an iterable of keys, if several may have signed the token.
 */
export function createKeySet(url: URL, options: KeySetOptions): JWTVerifyGetKey {
  const { onFetch, now } = options;
  let fetched: FetchedKeys | undefined;
  let failedAt = -Infinity;
  let fetching: Promise<FetchedKeys> | undefined;

  const youngerThan = (milliseconds: number): FetchedKeys | undefined =>
    fetched && now() < fetched.fetchedAt + milliseconds ? fetched : undefined;

  async function fetchAnew(): Promise<FetchedKeys> {
    if (now() < failedAt + (youngerThan(MAX_AGE_MS) ? COOLDOWN_MS : RETRY_MS)) throw new KeysUnavailable();
    try {
      fetched = await fetchKeys(url, options);
      onFetch(undefined);
      return fetched;
    } catch (error) {
      failedAt = now();
      onFetch(reasonOf(error));
      throw new KeysUnavailable();
    }
  }

  const refresh = (): Promise<FetchedKeys> => (fetching ??= fetchAnew().finally(() => (fetching = undefined)));

  const find: JWTVerifyGetKey = async (header, token) => {
    const known = youngerThan(MAX_AGE_MS) ?? (await refresh());
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!isUnknownKey(error) || youngerThan(COOLDOWN_MS)) throw error;
      return (await refresh()).find(header, token);
    }
  };

  // So that a wrong address is in the log before the first token; each token reports its own failure.
  refresh().catch(() => undefined);

  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (failure) {
      const current = youngerThan(MAX_AGE_MS);
      const mayBeUnnamed = isUnknownKey(failure) || failure instanceof KeysUnavailable;
      if (header.kid === undefined || !mayBeUnnamed || !current) throw failure;
      const { kid: _unknown, ...unnamed } = header;
      return current.findUnnamed(unnamed).catch((error: unknown) => {
        throw isUnknownKey(error) ? failure : error;
      });
    }
  };
}
