import { isUpstreamId } from '../upstream/target.js';

const words = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ').filter(Boolean) : []);

/** The scopes of a token: `scope` (RFC 8693: words in one string) and `scp` (the same, or a list). */
export function toScopes(claims: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const { scope, scp } = claims as { scope?: unknown; scp?: unknown };
  return new Set([...words(scope), ...(Array.isArray(scp) ? scp.flatMap(words) : words(scp))]);
}

function toId(value: unknown): string | undefined {
  const isExact = typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
  const id = isExact ? String(value) : '';
  return isUpstreamId(id) ? id : undefined;
}

/**
 * The customers that a claim limits its caller to: an id or a list of ids, as strings or as integers that JSON holds
 * exactly. None at all if the claim is missing or holds anything else.
 */
export function toCustomerIds(claim: unknown): ReadonlySet<string> {
  const ids = (Array.isArray(claim) ? (claim as readonly unknown[]) : [claim]).map(toId);
  return ids.every((id) => id !== undefined) ? new Set(ids) : new Set();
}
