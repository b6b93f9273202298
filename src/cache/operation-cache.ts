import { type ResponsePath, responsePathAsArray } from 'graphql';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import {
  type CachePolicies,
  type CachePolicy,
  type CachedEntity,
  freshSecondsOf,
  keepMsOf,
  usabilityOf,
} from './cache-policy.js';
import type { CacheEntry, EntityCache } from './entity-cache.js';

interface Age {
  ageSeconds: number;
  isStale: boolean;
}

interface StalePlace {
  path: readonly (string | number)[];
  ageSeconds: number;
}

/** How old the answer of one operation is: for the Cache-Control header, and place by place where it is stale. */
export class Freshness {
  readonly stale: StalePlace[] = [];
  /** Of what is stale; few operations have any. */
  private ages: Map<unknown, Age> | undefined;
  private remainingSeconds = Infinity;
  /** For how many whole seconds the answer may be kept; 0 if any part of it may not, or nothing was read. Changed by `note` alone. */
  maxAgeSeconds = 0;

  /** Notes a value that an answer is made of and for how long on it counts as fresh; 0 where it is not cached at all. */
  note(value: unknown, remainingSeconds: number, age: Age = { ageSeconds: 0, isStale: false }): void {
    this.remainingSeconds = Math.min(this.remainingSeconds, Math.max(0, remainingSeconds));
    this.maxAgeSeconds = Math.floor(this.remainingSeconds);
    if (age.isStale) (this.ages ??= new Map()).set(value, age);
  }

  /** Says where in the answer a value stands, as a resolver knows it. */
  place(path: ResponsePath, value: unknown): void {
    const age = this.ages?.get(value);
    if (age) this.stale.push({ path: responsePathAsArray(path), ageSeconds: Math.floor(age.ageSeconds) });
  }
}

/** One thing to read: under the first of `keys` it is kept; any of them, in this order, may answer it. */
interface CacheRequest {
  id: string;
  keys: readonly [string, ...string[]];
}

/** Something that a read brought, asked for or not. */
interface Brought {
  key: string;
  tags: readonly string[];
  value: unknown;
}

/** Notified of what a read brings. */
type Keep = (brought: Brought) => void;

/** Reads what is missing and tells everything that came along. An Error stands for the request it concerns. */
export type Fetch<T> = (ids: readonly string[], keep: Keep) => Promise<ReadonlyMap<string, T | Error>>;

/** Tag of every entry of a scope: to invalidate it drops the scope. */
export const SCOPE_TAG = 'scope';

interface CacheScope {
  /** The hash of the upstream and the caller's credential. */
  key: string;
  /** Whether the upstream refuses the credential, so that nothing that was kept may answer. */
  readonly standing: { readonly isRefused: boolean };
  /** Keys being read anew in the background. */
  refreshing: Set<string>;
}

/** The cache as one operation of one caller uses it. */
export interface OperationCache {
  /** Whether nothing of this kind is kept, so that it is to be read without the cache; the answer may not be kept then either. */
  passBy(entity: CachedEntity): boolean;
  /** Answers from the cache what it may, of a kind that is kept, and fetches the rest. `refresh` is `fetch` outside of the operation. */
  read<T>(
    entity: CachedEntity,
    requests: readonly CacheRequest[],
    fetch: Fetch<T>,
    refresh: Fetch<T>,
  ): Promise<ReadonlyMap<string, T | Error>>;
  /** Drops what a write has changed. */
  invalidate(tags: readonly string[]): Promise<void>;
}

interface OperationCacheOptions {
  cache: EntityCache;
  policies: CachePolicies;
  scope: CacheScope;
  freshness: Freshness;
  /** Whether what a read brought is sound enough to be kept. */
  isWhole: (value: unknown) => boolean;
  /** Notified of each request that was looked up, and whether the cache answered it. */
  onRead: (entity: CachedEntity, result: 'hit' | 'stale' | 'miss') => void;
  /** The clock of `CacheEntry.readAt`. */
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
  return new ScopedCache(options);
}

class ScopedCache implements OperationCache {
  constructor(private readonly options: OperationCacheOptions) {}

  passBy(entity: CachedEntity): boolean {
    if (this.options.policies[entity].ttlSeconds > 0) return false;
    this.options.freshness.note(undefined, 0);
    return true;
  }

  async read<T>(
    entity: CachedEntity,
    requests: readonly CacheRequest[],
    fetch: Fetch<T>,
    refresh: Fetch<T>,
  ): Promise<ReadonlyMap<string, T | Error>> {
    const { policies, freshness, onRead } = this.options;
    const policy = policies[entity];
    const results = new Map<string, T | Error>();
    const lastResort = new Map<string, Candidate>();
    const stale: CacheRequest[] = [];
    const missing: string[] = [];
    const flat = await this.lookUp(requests.flatMap(({ keys }) => keys));
    let position = 0;
    for (const request of requests) {
      const found = this.newestOf(flat.slice(position, (position += request.keys.length)));
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
    this.refreshBehind(entity, stale, refresh);
    if (missing.length === 0) return results;
    const fetched = await this.fetchAndKeep(entity, missing, fetch);
    for (const [id, result] of fetched) results.set(id, this.orLastResort(result, lastResort.get(id), policy));
    return results;
  }

  invalidate(tags: readonly string[]): Promise<void> {
    return this.options.cache.invalidate(this.options.scope.key, tags);
  }

  private isBarred(): boolean {
    return this.options.scope.standing.isRefused;
  }

  private async lookUp(keys: readonly string[]): Promise<readonly (CacheEntry | undefined)[]> {
    const { cache, scope } = this.options;
    if (this.isBarred()) return [];
    const found = await cache.get(scope.key, keys);
    return this.isBarred() ? [] : found;
  }

  private newestOf(entries: readonly (CacheEntry | undefined)[]): Candidate | undefined {
    const now = this.options.now();
    return entries
      .filter((entry) => entry !== undefined)
      .map(({ value, readAt }) => ({ value, ageSeconds: Math.max(0, now - readAt) / 1_000 }))
      .sort((one, other) => one.ageSeconds - other.ageSeconds)[0];
  }

  /** What was fetched or, if the upstream is away, what was kept for that. */
  private orLastResort<T>(result: T | Error, lastResort: Candidate | undefined, policy: CachePolicy): T | Error {
    const { freshness } = this.options;
    if (lastResort && result instanceof Error && isOutage(result) && !this.isBarred()) {
      freshness.note(lastResort.value, 0, { ageSeconds: lastResort.ageSeconds, isStale: true });
      return lastResort.value as T;
    }
    freshness.note(result, freshSecondsOf(result, policy));
    return result;
  }

  private refreshBehind<T>(entity: CachedEntity, requests: readonly CacheRequest[], refresh: Fetch<T>): void {
    const { refreshing } = this.options.scope;
    const due = requests.filter(({ keys: [key] }) => !refreshing.has(key));
    if (due.length === 0) return;
    for (const { keys } of due) refreshing.add(keys[0]);
    const ids = due.map(({ id }) => id);
    void this.fetchAndKeep(entity, ids, refresh)
      // No one waits for it, and anyone who comes next tries again.
      .catch(() => undefined)
      .finally(() => {
        for (const { keys } of due) refreshing.delete(keys[0]);
      });
  }

  private async fetchAndKeep<T>(
    entity: CachedEntity,
    ids: readonly string[],
    fetch: Fetch<T>,
  ): Promise<ReadonlyMap<string, T | Error>> {
    const { cache, policies, scope, isWhole } = this.options;
    const epoch = await cache.epoch(scope.key);
    const brought: Brought[] = [];
    const results = await fetch(ids, (item) => brought.push(item));
    const keepMs = keepMsOf(policies[entity]);
    const kept = brought.filter(({ value }) => isWhole(value));
    await cache.set(
      scope.key,
      epoch,
      kept.map((item) => ({ ...item, tags: [...item.tags, SCOPE_TAG], keepMs })),
    );
    return results;
  }
}
