import { isNonNullType, type GraphQLResolveInfo } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import type { RequestContext } from '../shared/request-context.js';
import type { Scope } from '../shared/policy.js';

type Granted = ReadonlySet<string> | undefined;

/** Whether a caller has every scope in `needed`; `granted` is undefined if scopes are not checked. */
export const hasScopes = (granted: Granted, needed: readonly Scope[]): boolean =>
  !granted || needed.every((scope) => granted.has(scope));

export const lackOf = (needed: readonly Scope[]): GatewayError =>
  new GatewayError('FORBIDDEN', `This requires the scope ${needed.join(' and ')}.`, {
    extensions: { requiredScopes: needed },
  });

/** Rejects a caller who lacks a scope in `needed`. @throws FORBIDDEN */
export function requireScopes(granted: Granted, needed: readonly Scope[]): void {
  if (!hasScopes(granted, needed)) throw lackOf(needed);
}

/**
 * Whether a field may be resolved. A refused field of the document is one error, however many items of a list have it:
 * for the items after the first it is null without an error, if it may be null. @throws FORBIDDEN
 */
export function admitsField(
  { scopes, refusedFields }: RequestContext,
  { fieldNodes: [node], returnType }: GraphQLResolveInfo,
  needed: readonly Scope[],
): boolean {
  if (hasScopes(scopes, needed)) return true;
  if (node && refusedFields.has(node) && !isNonNullType(returnType)) return false;
  if (node) refusedFields.add(node);
  throw lackOf(needed);
}
