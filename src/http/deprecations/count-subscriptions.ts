import { getOperationAST } from 'graphql';
import type { Deprecations } from '../../deprecations/create-deprecations.js';
import type { Subscribe } from '../subscriptions/create-subscribe.js';

/** Counts what subscriptions use, once for each that starts. */
export function countSubscriptions(
  subscribe: Subscribe,
  { findUses, count }: Pick<Deprecations, 'findUses' | 'count'>,
): Subscribe {
  return async (request, caller, observed, consumer) => {
    const subscribed = await subscribe(request, caller, observed, consumer);
    if (!subscribed.results) return subscribed;
    const operation = getOperationAST(subscribed.document, request.operationName);
    const uses = operation && findUses(subscribed.document, operation)?.(request.variables ?? {});
    if (uses) count(uses, observed.headers);
    return subscribed;
  };
}
