/** How long what was read is of use, in seconds; a ttl of 0 means that it is not cached. */
export interface CachePolicy {
  ttlSeconds: number;
  /** Past the ttl: answered at once while it is read anew. */
  swrSeconds: number;
  /** Past the ttl: answered only if the upstream fails. */
  staleIfErrorSeconds: number;
}

export const CACHED_ENTITIES = ['customer', 'user', 'webhook', 'system'] as const;
export type CachedEntity = (typeof CACHED_ENTITIES)[number];
export type CachePolicies = Readonly<Record<CachedEntity, CachePolicy>>;

/** What an entry of an age is good for (RFC 5861 for the two kinds of stale). */
export type Usability = 'fresh' | 'stale-while-revalidate' | 'stale-if-error' | 'useless';

/** That something is absent is believed this long at the most: the upstream has no event for most of what appears. */
const MAX_ABSENCE_SECONDS = 5;

/** For how long a value counts as fresh; null says that there is none. */
export function freshSecondsOf(value: unknown, policy: CachePolicy): number {
  return value === null ? Math.min(policy.ttlSeconds, MAX_ABSENCE_SECONDS) : policy.ttlSeconds;
}

export function usabilityOf(value: unknown, ageSeconds: number, policy: CachePolicy): Usability {
  const ttlSeconds = freshSecondsOf(value, policy);
  if (ageSeconds < ttlSeconds) return 'fresh';
  if (value === null) return 'useless';
  if (ageSeconds < ttlSeconds + policy.swrSeconds) return 'stale-while-revalidate';
  if (ageSeconds < ttlSeconds + policy.staleIfErrorSeconds) return 'stale-if-error';
  return 'useless';
}

/** How long an entry can be of any use. */
export function keepMsOf(policy: CachePolicy): number {
  return (policy.ttlSeconds + Math.max(policy.swrSeconds, policy.staleIfErrorSeconds)) * 1_000;
}
