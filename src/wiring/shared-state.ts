import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { EntityCache } from '../cache/entity-cache.js';
import { createMemoryCache } from '../cache/memory-cache.js';
import { createRedisCache } from '../cache/redis-cache.js';
import type { ChangePositions } from '../changes/change-positions.js';
import { createMemoryChangePositions } from '../changes/memory-change-positions.js';
import { createRedisChangePositions } from '../changes/redis-change-positions.js';
import type { Config } from '../config.js';
import { createMemoryUsageStore } from '../deprecations/memory-usage-store.js';
import { createRedisUsageStore } from '../deprecations/redis-usage-store.js';
import type { UsageStore } from '../deprecations/usage-store.js';
import type { EventBus } from '../events/event-bus.js';
import { createMemoryEventBus } from '../events/memory-event-bus.js';
import { createRedisEventBus } from '../events/redis-event-bus.js';
import { createMemoryOutcomeStore } from '../idempotency/memory-outcome-store.js';
import type { OutcomeStore } from '../idempotency/outcome-store.js';
import { createRedisOutcomeStore } from '../idempotency/redis-outcome-store.js';
import type { Leases } from '../leases/lease.js';
import { createMemoryLeases } from '../leases/memory-leases.js';
import { createRedisLeases } from '../leases/redis-leases.js';
import { createRedisUuidStore } from '../loaders/redis-uuid-store.js';
import { NO_UUID_STORE, type UuidStore } from '../loaders/uuid-store.js';
import type { Redis } from '../redis/redis.js';
import { createMemoryRateLimiter } from '../http/rate-limit/memory-rate-limiter.js';
import type { RateLimiter } from '../http/rate-limit/rate-limiter.js';
import { createRedisRateLimiter } from '../http/rate-limit/redis-rate-limiter.js';
import { createSharedPersistedQueries } from '../operations/shared-persisted-queries.js';
import type { Logger } from '../telemetry/logger.js';
import { createAnswerCodec } from '../records/answer-codec.js';
import type { RecordTexts } from '../records/text/record-matcher.js';
import type { UnverifiedValues } from '../records/unverified-values.js';
import { createMemorySeenDeliveries } from '../webhooks/memory-seen-deliveries.js';
import { createRedisSeenDeliveries } from '../webhooks/redis-seen-deliveries.js';
import type { SeenDeliveries } from '../webhooks/seen-deliveries.js';
import type { RedisConnections } from './connect-redis.js';

/** What outlives an operation. With Redis, replicas share it. */
export interface SharedState {
  cache: EntityCache;
  /** For each scope of a caller. */
  uuidStoreOf: (scopeKey: string) => UuidStore;
  /** Documents of automatic persisted queries. */
  persistedQueries: KeyValueCache;
  /** Count requests by caller, and by address until a credential is accepted; undefined for no limit. */
  rateLimiters: { callers: RateLimiter | undefined; addresses: RateLimiter | undefined };
  /** What happens to customers. */
  events: EventBus;
  /** Of what is deprecated. */
  deprecationUsage: UsageStore;
  /** Of webhooks, for that many seconds. */
  createSeenDeliveries: (seconds: number) => SeenDeliveries;
  leases: Leases;
  /** Of writes with an idempotency key. */
  outcomes: OutcomeStore;
  /** Up to where changes made elsewhere are known. */
  changePositions: ChangePositions;
}

/** In this process. */
const PERSISTED_QUERY_BYTES = 8 * 1024 * 1024;

function createRateLimiter(perMinute: number, redis: Redis | undefined, now: () => number): RateLimiter | undefined {
  if (perMinute === 0) return undefined;
  const own = createMemoryRateLimiter(perMinute, now);
  return redis ? createRedisRateLimiter(redis, perMinute, own) : own;
}

interface SharedStateParts {
  config: Config;
  connections: RedisConnections | undefined;
  recordTexts: RecordTexts;
  unverifiedValues: UnverifiedValues;
  /** Instead of the store that would be chosen. */
  outcomes?: OutcomeStore | undefined;
  logger: Logger;
}

/** Chooses where each part is kept: in Redis if there is one, else in this process. */
export function createSharedState(parts: SharedStateParts): SharedState {
  const { config, connections, recordTexts, unverifiedValues, logger } = parts;
  const { cache, server } = config;
  // No wall clock: a step of it would stretch or end every hold.
  const now = (): number => performance.now();
  const redis = connections?.redis;
  const codec = createAnswerCodec(recordTexts, unverifiedValues);
  const persistedQueries = new InMemoryLRUCache({ maxSize: PERSISTED_QUERY_BYTES });
  return {
    cache: redis ? createRedisCache(redis, codec, now) : createMemoryCache(cache.maxBytes, codec, now),
    uuidStoreOf: (scopeKey) => (redis ? createRedisUuidStore(redis, scopeKey) : NO_UUID_STORE),
    persistedQueries: redis ? createSharedPersistedQueries(redis, persistedQueries) : persistedQueries,
    rateLimiters: {
      callers: createRateLimiter(server.requestsPerMinute, redis, now),
      addresses: createRateLimiter(server.addressRequestsPerMinute, redis, now),
    },
    events: connections ? createRedisEventBus({ ...connections, logger, now }) : createMemoryEventBus(logger),
    deprecationUsage: redis ? createRedisUsageStore(redis) : createMemoryUsageStore(),
    createSeenDeliveries: (seconds) =>
      redis ? createRedisSeenDeliveries(redis, seconds * 1_000) : createMemorySeenDeliveries(seconds * 1_000, now),
    outcomes: parts.outcomes ?? (redis ? createRedisOutcomeStore(redis) : createMemoryOutcomeStore(now)),
    leases: redis ? createRedisLeases(redis, now) : createMemoryLeases(now),
    changePositions: redis ? createRedisChangePositions(redis) : createMemoryChangePositions(),
  };
}
