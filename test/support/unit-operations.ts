import type { EntityCache } from '../../src/cache/entity-cache.js';
import { Freshness, createOperationCache } from '../../src/cache/operation-cache.js';
import { createMemoryCache } from '../../src/cache/memory-cache.js';
import { createScopes, type CallerScope } from '../../src/loaders/caller-scope.js';
import { createLoaders, type Loaders } from '../../src/loaders/create-loaders.js';
import { createOperationBudget } from '../../src/loaders/operation-budget.js';
import { createUpstreamKnowledge } from '../../src/loaders/batch/fetch-customers.js';
import type { MultiIdFilterSetting } from '../../src/loaders/upstream-traits.js';
import { NO_UUID_STORE } from '../../src/loaders/uuid-store.js';
import { createAnswerCodec } from '../../src/records/answer-codec.js';
import { createRecordTexts } from '../../src/records/text/record-matcher.js';
import { OperationTrace } from '../../src/telemetry/operation-trace.js';
import type { Upstream } from '../../src/upstream/upstream.js';
import { createCredential } from './create-credential.js';
import { UNKNOWN_TRAITS } from './unknown-traits.js';

export interface UnitOperations {
  scope: CallerScope;
  /** The loaders of one more operation of the same caller. */
  begin(): Loaders;
  /** The tags of every invalidation so far. */
  invalidated: (readonly string[])[];
}

/** Operations of one caller with an upstream that the test plays, and with a cache if there is a time to live. */
export function createUnitOperations(
  upstream: Upstream,
  { ttlSeconds = 0, multiIdFilter = 'off' }: { ttlSeconds?: number; multiIdFilter?: MultiIdFilterSetting } = {},
): UnitOperations {
  const now = (): number => 1_000_000;
  const invalidated: UnitOperations['invalidated'] = [];
  const memory = createMemoryCache(10_000_000, createAnswerCodec(createRecordTexts()), now);
  const cache: EntityCache = {
    get: (scope, keys) => memory.get(scope, keys),
    epoch: (scope) => memory.epoch(scope),
    set: (scope, epoch, entries) => memory.set(scope, epoch, entries),
    invalidate(scope, tags) {
      invalidated.push(tags);
      return memory.invalidate(scope, tags);
    },
  };
  const scope = createScopes({
    upstreamUrl: 'http://upstream.example',
    pageSize: 500,
    readTimeoutMs: 60_000,
    createCredential: () => createCredential(),
    now,
    uuidStoreOf: () => NO_UUID_STORE,
    onAccepted: () => undefined,
    onRefused: () => undefined,
  }).of('token');
  const policy = { ttlSeconds, swrSeconds: 0, staleIfErrorSeconds: 0 };
  const knowledge = createUpstreamKnowledge({ ...UNKNOWN_TRAITS, multiIdFilter });
  return {
    scope,
    invalidated,
    begin: () =>
      createLoaders({
        upstream,
        background: () => upstream,
        cache: createOperationCache({
          cache,
          policies: { customer: policy, user: policy, webhook: policy, system: policy },
          scope,
          freshness: new Freshness(),
          isWhole: () => true,
          onRead: () => undefined,
          now,
        }),
        scope,
        knowledge,
        budget: createOperationBudget(1_000),
        trace: new OperationTrace(),
        concurrency: 10,
      }),
  };
}
