import { getOperationAST } from 'graphql';
import type { Deprecations } from '../../deprecations/create-deprecations.js';
import type { Subscribe } from '../live/create-subscribe.js';

/** Counts what subscriptions use, once for each that starts. */
export function countSubscriptions(
  subscribe: Subscribe,
  { findUses, count }: Pick<Deprecations, 'findUses' | 'count'>,
): Subscribe {
  return async (request, caller, onOverflow, headers) => {
    const subscribed = await subscribe(request, caller, onOverflow, headers);
    if (!subscribed.results) return subscribed;
    const operation = getOperationAST(subscribed.document, request.operationName);
    const uses = operation && findUses(subscribed.document, operation)?.(request.variables ?? {});
    if (uses) count(uses, headers);
    return subscribed;
  };
}
