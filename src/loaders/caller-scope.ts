import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { SettledCall } from '../upstream/calls/bound-client.js';
import { type Coalescer, createCoalescer } from '../upstream/calls/coalescer.js';
import type { UpstreamCredential } from '../upstream/resilience/credential-trials.js';
import { type Collapser, createCollapser } from './batch/fetch-customers.js';
import { type UuidDirectory, createUuidDirectory } from './uuid-directory.js';
import { type UuidQuota, createUuidQuota } from './uuid-quota.js';
import type { UuidStore } from './uuid-store.js';

interface CredentialStandingOptions {
  /** Called with the first success, and with the first one after each refusal. */
  onAccepted: () => void;
  /** Called with the first 401, and with the first one after each success. */
  onRefused: () => void;
  /** The clock of `SettledCall.startedAt`. */
  now: () => number;
}

/** Whether the upstream accepts a caller's credential, by its latest answers. */
export class CredentialStanding {
  private isAccepted = false;
  private refusedAt: number | undefined;

  constructor(private readonly options: CredentialStandingOptions) {}

  /** True from a 401 until a call that started after it succeeds. */
  get isRefused(): boolean {
    return this.refusedAt !== undefined;
  }

  learn({ failure, startedAt, isAnonymous }: SettledCall): void {
    if (isAnonymous) return;
    if (failure === undefined) this.accept(startedAt);
    else if (failure instanceof UpstreamFailure && failure.status === 401) this.refuse();
  }

  private accept(startedAt: number): void {
    if (this.isAccepted) return;
    // What started before the refusal may have been judged before it.
    if (this.refusedAt !== undefined && startedAt < this.refusedAt) return;
    this.isAccepted = true;
    this.refusedAt = undefined;
    this.options.onAccepted();
  }

  private refuse(): void {
    const isNews = this.refusedAt === undefined;
    this.isAccepted = false;
    this.refusedAt = this.options.now();
    if (isNews) this.options.onRefused();
  }
}

/** What is kept between the operations of one caller, and of nobody else. */
export interface CallerScope {
  /** Hash of the upstream and the caller's credential; tells callers apart without holding either. */
  readonly key: string;
  readonly coalescer: Coalescer;
  readonly collapser: Collapser;
  readonly credential: UpstreamCredential;
  readonly standing: CredentialStanding;
  readonly uuids: UuidDirectory;
  readonly refreshing: Set<string>;
  /** Customers the caller can see, as far as a list has told. */
  customerTotal: number | undefined;
}

/** Of recent ones, and as many of those before them whose credential the upstream has accepted. */
const MAX_SCOPES = 1_000;
/** Of all callers together: 32 MiB at 131 bytes each. */
const MAX_UUID_PAIRS = 250_000;

/** The scopes of this process; those least recently used are forgotten. */
export interface Scopes {
  of(serviceToken: string | undefined): CallerScope;
  all(): readonly CallerScope[];
}

interface ScopesOptions {
  upstreamUrl: string;
  pageSize: number;
  /** For reads that several operations share. */
  readTimeoutMs: number;
  createCredential: () => UpstreamCredential;
  now: () => number;
  uuidStoreOf: (scopeKey: string) => UuidStore;
  /** Called when the upstream accepts a credential for the first time, and again after a refusal. */
  onAccepted: (serviceToken: string) => void;
  /** Called when the upstream refuses the credential of a scope: everything read with it is to be dropped. */
  onRefused: (serviceToken: string | undefined, scopeKey: string) => void;
}

function createScope(serviceToken: string | undefined, uuidQuota: UuidQuota, options: ScopesOptions): CallerScope {
  const { upstreamUrl, pageSize, readTimeoutMs, createCredential, now, uuidStoreOf, onAccepted, onRefused } = options;
  const credential = createCredential();
  const key = hash('sha256', JSON.stringify([upstreamUrl, serviceToken ?? null]), 'base64url');
  const uuidStore = uuidStoreOf(key);
  const createUuids = (): UuidDirectory => createUuidDirectory(pageSize, now, uuidStore, uuidQuota);
  const scope = {
    key,
    coalescer: createCoalescer(readTimeoutMs),
    collapser: createCollapser(),
    credential,
    standing: new CredentialStanding({
      onAccepted() {
        if (serviceToken !== undefined) onAccepted(serviceToken);
      },
      onRefused() {
        // A read under way may bring what was allowed before.
        scope.coalescer.detach();
        scope.uuids = createUuids();
        scope.customerTotal = undefined;
        uuidStore.clear();
        onRefused(serviceToken, key);
      },
      now: () => performance.now(),
    }),
    uuids: createUuids(),
    refreshing: new Set<string>(),
    customerTotal: undefined as number | undefined,
  };
  return scope;
}

/** Scopes of credentials that the upstream has accepted are not pushed out by those of made-up ones. */
export function createScopes(options: ScopesOptions): Scopes {
  const uuidQuota = createUuidQuota(MAX_UUID_PAIRS);
  const accepted = new LRUCache<string, CallerScope>({ max: MAX_SCOPES });
  const recent = new LRUCache<string, CallerScope>({
    max: MAX_SCOPES,
    dispose(scope, name, reason) {
      if (reason === 'evict' && scope.credential.hasSucceeded) accepted.set(name, scope);
    },
  });

  function create(serviceToken: string | undefined, name: string): CallerScope {
    const scope = createScope(serviceToken, uuidQuota, options);
    recent.set(name, scope);
    return scope;
  }

  return {
    of(serviceToken) {
      const name = serviceToken ?? '';
      return recent.get(name) ?? accepted.get(name) ?? create(serviceToken, name);
    },
    all: () => [...recent.values(), ...accepted.values()],
  };
}
