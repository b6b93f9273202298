import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { createCoalescer, type Coalescer } from '../upstream/coalescer.js';
import { Pace } from '../upstream/resilience/pace.js';
import { MAX_PAGE_SIZE } from '../upstream/paging.js';
import { createCollapser, type Collapser } from './batch/collapser.js';
import { createUuidDirectory, type UuidDirectory } from './uuid-directory.js';
import type { UuidStore } from './uuid-store.js';

/** What is kept between the operations of one caller, and of nobody else. */
export interface CallerScope {
  /** Hash of the upstream and the caller's credential; tells callers apart without holding either. */
  readonly key: string;
  readonly coalescer: Coalescer;
  readonly collapser: Collapser;
  readonly pace: Pace;
  readonly uuids: UuidDirectory;
  readonly refreshing: Set<string>;
  /** Customers the caller can see, as far as a list has told. */
  customerTotal: number | undefined;
}

const MAX_SCOPES = 1_000;

/** The scopes of this process; those least recently used are forgotten. */
export interface Scopes {
  of(serviceToken: string | undefined): CallerScope;
  all(): readonly CallerScope[];
}

/** `readTimeoutMs` is for reads that several operations share. */
export function createScopes(
  upstreamUrl: string,
  readTimeoutMs: number,
  now: () => number,
  uuidStoreOf: (scopeKey: string) => UuidStore,
): Scopes {
  const scopes = new LRUCache<string, CallerScope>({ max: MAX_SCOPES });
  const of: Scopes['of'] = (serviceToken) => {
    const name = serviceToken ?? '';
    const known = scopes.get(name);
    if (known) return known;
    const key = createHash('sha256')
      .update(JSON.stringify([upstreamUrl, serviceToken ?? null]))
      .digest('base64url');
    const scope: CallerScope = {
      key,
      coalescer: createCoalescer(readTimeoutMs),
      collapser: createCollapser(),
      pace: new Pace(now),
      uuids: createUuidDirectory(MAX_PAGE_SIZE, now, uuidStoreOf(key)),
      refreshing: new Set(),
      customerTotal: undefined,
    };
    scopes.set(name, scope);
    return scope;
  };
  return { of, all: () => [...scopes.values()] };
}
