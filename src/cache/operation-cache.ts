import { UpstreamFailure } from '../errors/upstream-failure.js';
import { freshSecondsOf, keepMsOf, usabilityOf, type CachedEntity, type CachePolicies } from './cache-policy.js';
import type { EntityCache } from './entity-cache.js';
import type { Freshness } from './freshness.js';

/** One thing to read: under the first of `keys` it is kept; any of them, in this order, may answer it. */
export interface CacheRequest {
  id: string;
  keys: readonly [string, ...string[]];
}

/** Something that a read brought, asked for or not. */
export interface Brought {
  key: string;
  tags: readonly string[];
  value: unknown;
}

/** Told of what a read brings; undefined where nothing is kept. */
export type Keep = ((brought: Brought) => void) | undefined;

/** Reads what is missing and tells everything that came along. An Error stands for the request it concerns. */
export type Fetch<T> = (ids: readonly string[], keep: Keep) => Promise<ReadonlyMap<string, T | Error>>;

export interface CacheScope {
  /** The hash of the upstream and the caller's credential. */
  key: string;
  /** Keys being read anew in the background. */
  refreshing: Set<string>;
}

/** The cache as one operation of one caller uses it. */
export interface OperationCache {
  /** Whether nothing of this kind is kept, so that it is read without the cache; the answer may not be kept then either. */
  passBy(entity: CachedEntity): boolean;
  /** Answers from the cache what it may and fetches the rest. `refresh` is `fetch` outside of the operation. */
  read<T>(
    entity: CachedEntity,
    requests: readonly CacheRequest[],
    fetch: Fetch<T>,
    refresh: Fetch<T>,
  ): Promise<ReadonlyMap<string, T | Error>>;
  /** Drops what a write has changed. */
  invalidate(tags: readonly string[]): Promise<void>;
}

export interface OperationCacheOptions {
  cache: EntityCache;
  policies: CachePolicies;
  scope: CacheScope;
  freshness: Freshness;
  /** Whether what a read brought is sound enough to be kept. */
  isWhole: (value: unknown) => boolean;
  /** Told of each request that was looked up, and whether the cache answered it. */
  onRead: (entity: CachedEntity, result: 'hit' | 'stale' | 'miss') => void;
  now: () => number;
}

interface Candidate {
  value: unknown;
  ageSeconds: number;
}

/** Whether a failure says that the upstream is away, as against that it refused. */
function isOutage(error: Error): boolean {
  if (!(error instanceof UpstreamFailure)) return false;
  if (error.kind !== 'status') return true;
  return error.status === 429 || (error.status ?? 0) >= 500;
}

export function createOperationCache(options: OperationCacheOptions): OperationCache {
  const { cache, policies, scope, freshness, isWhole, onRead, now } = options;

  async function fetchAndKeep<T>(
    entity: CachedEntity,
    ids: readonly string[],
    fetch: Fetch<T>,
  ): Promise<ReadonlyMap<string, T | Error>> {
    const epoch = await cache.epoch(scope.key);
    const brought: Brought[] = [];
    const results = await fetch(ids, (item) => brought.push(item));
    const keepMs = keepMsOf(policies[entity]);
    await cache.set(
      scope.key,
      epoch,
      brought.filter(({ value }) => isWhole(value)).map((item) => ({ ...item, keepMs })),
    );
    return results;
  }

  function refreshBehind<T>(entity: CachedEntity, requests: readonly CacheRequest[], refresh: Fetch<T>): void {
    const due = requests.filter(({ keys: [key] }) => !scope.refreshing.has(key));
    if (due.length === 0) return;
    for (const { keys } of due) scope.refreshing.add(keys[0]);
    void fetchAndKeep(
      entity,
      due.map(({ id }) => id),
      refresh,
    )
      // Nobody waits for it, and whoever comes next tries again.
      .catch(() => undefined)
      .finally(() => {
        for (const { keys } of due) scope.refreshing.delete(keys[0]);
      });
  }

  async function readThrough<T>(
    entity: CachedEntity,
    requests: readonly CacheRequest[],
    fetch: Fetch<T>,
    refresh: Fetch<T>,
  ): Promise<ReadonlyMap<string, T | Error>> {
    const policy = policies[entity];
    const results = new Map<string, T | Error>();
    const lastResort = new Map<string, Candidate>();
    const stale: CacheRequest[] = [];
    const missing: string[] = [];
    const flat = await cache.get(
      scope.key,
      requests.flatMap(({ keys }) => keys),
    );
    let position = 0;
    for (const request of requests) {
      const entries = flat.slice(position, (position += request.keys.length));
      const found = entries
        .filter((entry) => entry !== undefined)
        .map(({ value, readAt }) => ({ value, ageSeconds: (now() - readAt) / 1_000 }))
        .sort((one, other) => one.ageSeconds - other.ageSeconds)[0];
      const usability = found ? usabilityOf(found.value, found.ageSeconds, policy) : 'useless';
      if (found && (usability === 'fresh' || usability === 'stale-while-revalidate')) {
        const isStale = usability !== 'fresh';
        results.set(request.id, found.value as T);
        const remainingSeconds = freshSecondsOf(found.value, policy) - found.ageSeconds;
        freshness.note(found.value, remainingSeconds, { ageSeconds: found.ageSeconds, isStale });
        onRead(entity, isStale ? 'stale' : 'hit');
        if (isStale) stale.push(request);
      } else {
        missing.push(request.id);
        onRead(entity, 'miss');
        if (found && usability === 'stale-if-error') lastResort.set(request.id, found);
      }
    }

    refreshBehind(entity, stale, refresh);
    if (missing.length === 0) return results;
    for (const [id, result] of await fetchAndKeep(entity, missing, fetch)) {
      const kept = result instanceof Error && isOutage(result) ? lastResort.get(id) : undefined;
      results.set(id, kept ? (kept.value as T) : result);
      if (kept) freshness.note(kept.value, 0, { ageSeconds: kept.ageSeconds, isStale: true });
      else freshness.note(result, freshSecondsOf(result, policy));
    }
    return results;
  }

  function passBy(entity: CachedEntity): boolean {
    if (policies[entity].ttlSeconds > 0) return false;
    freshness.note(undefined, 0);
    return true;
  }

  return {
    passBy,
    read(entity, requests, fetch, refresh) {
      if (!passBy(entity)) return readThrough(entity, requests, fetch, refresh);
      return fetch(
        requests.map(({ id }) => id),
        undefined,
      );
    },
    invalidate: (tags) => cache.invalidate(scope.key, tags),
  };
}
