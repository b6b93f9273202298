import { CACHED_ENTITIES } from '../../cache/cache-policy.js';
import { loadRedisTarget } from '../../redis/load-redis-target.js';
import { integer, keyPrefix, secondsByEntity } from '../parsers.js';
import { variable } from '../variable.js';

const MEBIBYTE = 1024 * 1024;

/** What outlives an operation: the cache, and what replicas share. */
export const STATE_VARIABLES = {
  CACHE_TTL_SECONDS: variable(
    secondsByEntity,
    '0',
    `For how long what was read counts as fresh; 0 caches nothing. One number for all, or a list such as customer=30,user=10 of ${CACHED_ENTITIES.join(', ')}.`,
  ),
  CACHE_SWR_SECONDS: variable(
    integer(0, 86_400),
    '0',
    'For how long after that a stale answer is given at once while it is read anew.',
  ),
  CACHE_STALE_IF_ERROR_SECONDS: variable(
    integer(0, 604_800),
    '0',
    'For how long after that a stale answer is given where the upstream is away.',
  ),
  CACHE_MAX_BYTES: variable(
    integer(MEBIBYTE, 16_384 * MEBIBYTE),
    String(64 * MEBIBYTE),
    'Memory that the cache may hold, about.',
  ),
  REDIS_URL: variable(
    loadRedisTarget,
    undefined,
    'Where replicas share what they keep, such as rediss://user:password@redis.example.com:6379; several nodes of a cluster between commas. Left out, each keeps its own.',
  ),
  REDIS_KEY_PREFIX: variable(
    keyPrefix,
    'dracoon-graphql:',
    'What every key in Redis starts with; gateways with the same one share.',
  ),
  REDIS_TIMEOUT_MS: variable(
    integer(10, 2_000),
    '250',
    'Longest wait for an answer of Redis; past it, Redis counts as away and the gateway goes on without.',
  ),
};
