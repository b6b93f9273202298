import { CACHED_ENTITIES } from '../../cache/cache-policy.js';
import { loadRedisTarget } from '../../redis/load-redis-target.js';
import { integer, keyPrefix, parsedBy, secondsByEntity } from '../parsers.js';
import { variable } from '../variable.js';

const MEBIBYTE = 1024 * 1024;

/** What outlives an operation: the cache, and what replicas share. */
export const STATE_VARIABLES = {
  CACHE_TTL_SECONDS: variable(
    secondsByEntity,
    '0',
    `How long reads count as fresh; 0 caches nothing. One number for all, or a list such as customer=30,user=10 of ${CACHED_ENTITIES.join(', ')}.`,
  ),
  CACHE_SWR_SECONDS: variable(
    integer(0, 86_400),
    '0',
    'How long after that a stale value is served while it is read again.',
  ),
  CACHE_STALE_IF_ERROR_SECONDS: variable(
    integer(0, 604_800),
    '0',
    'How long after that a stale value is served if the upstream is unavailable.',
  ),
  CACHE_MAX_BYTES: variable(
    integer(MEBIBYTE, 16_384 * MEBIBYTE),
    String(64 * MEBIBYTE),
    'Memory that the cache may hold, about.',
  ),
  REDIS_URL: variable(
    parsedBy(loadRedisTarget),
    undefined,
    'Redis that replicas share, such as rediss://user:password@redis.example.com:6379; several nodes of a cluster, separated by commas. If unset, each replica keeps its own state.',
  ),
  REDIS_KEY_PREFIX: variable(
    keyPrefix,
    'dracoon-graphql:',
    'Prefix of every key in Redis; gateways with the same prefix share their state.',
  ),
  REDIS_TIMEOUT_MS: variable(
    integer(10, 2_000),
    '250',
    'Longest wait for a reply of Redis; after that, Redis counts as unavailable and the gateway continues without it.',
  ),
};
