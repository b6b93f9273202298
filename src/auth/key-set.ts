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
  const keys = new KeySet(url, options);
  return (header, token) => keys.find(header, token);
}

class KeySet {
  private fetched: FetchedKeys | undefined;
  private failedAt = -Infinity;
  private fetching: Promise<FetchedKeys> | undefined;

  constructor(
    private readonly url: URL,
    private readonly options: KeySetOptions,
  ) {
    // So that a wrong address is in the log before the first token; each token reports its own failure.
    this.refresh().catch(() => undefined);
  }

  async find(...[header, token]: Parameters<JWTVerifyGetKey>): ReturnType<FindKey> {
    try {
      return await this.findById(header, token);
    } catch (failure) {
      const current = this.youngerThan(MAX_AGE_MS);
      const mayBeUnnamed = isUnknownKey(failure) || failure instanceof KeysUnavailable;
      if (header.kid === undefined || !mayBeUnnamed || !current) throw failure;
      const { kid: _unknown, ...unnamed } = header;
      return current.findUnnamed(unnamed).catch((error: unknown) => {
        throw isUnknownKey(error) ? failure : error;
      });
    }
  }

  private async findById(...[header, token]: Parameters<JWTVerifyGetKey>): ReturnType<FindKey> {
    const known = this.youngerThan(MAX_AGE_MS) ?? (await this.refresh());
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!isUnknownKey(error) || this.youngerThan(COOLDOWN_MS)) throw error;
      return (await this.refresh()).find(header, token);
    }
  }

  private youngerThan(milliseconds: number): FetchedKeys | undefined {
    return this.fetched && this.options.now() < this.fetched.fetchedAt + milliseconds ? this.fetched : undefined;
  }

  private refresh(): Promise<FetchedKeys> {
    return (this.fetching ??= this.fetchAnew().finally(() => (this.fetching = undefined)));
  }

  private async fetchAnew(): Promise<FetchedKeys> {
    const { now, onFetch } = this.options;
    const leastMs = this.youngerThan(MAX_AGE_MS) ? COOLDOWN_MS : RETRY_MS;
    if (now() < this.failedAt + leastMs) throw new KeysUnavailable();
    try {
      this.fetched = await fetchKeys(this.url, this.options);
      onFetch(undefined);
      return this.fetched;
    } catch (error) {
      this.failedAt = now();
      onFetch(reasonOf(error));
      throw new KeysUnavailable();
    }
  }
}
