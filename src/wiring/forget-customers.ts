import { CACHE_TAGS } from '../loaders/cache-tags.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';

/**
 * Forgets customers, and every list of customers, in every scope of this process and not in the gateway's own only:
 * callers with tokens of their own may see the same customers. For another provider's callers it costs one more read.
 */
export async function forgetCustomers(
  { scopes }: Operations,
  { cache }: SharedState,
  customerIds: readonly string[],
): Promise<void> {
  const tags = [
    CACHE_TAGS.customerLists,
    ...customerIds.flatMap((id) => [CACHE_TAGS.customer(id), CACHE_TAGS.usersOf(id)]),
  ];
  await Promise.all(
    scopes.all().map((scope) => {
      scope.coalescer.detach();
      return cache.invalidate(scope.key, tags);
    }),
  );
}
