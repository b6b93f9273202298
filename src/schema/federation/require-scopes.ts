import { GatewayError } from '../../errors/gateway-error.js';
import type { Scope } from './scopes.js';

/** Lets pass who has every scope in `needed`; `granted` is undefined where scopes are not checked. @throws FORBIDDEN */
export function requireScopes(granted: ReadonlySet<string> | undefined, needed: readonly Scope[]): void {
  if (!granted || needed.every((scope) => granted.has(scope))) return;
  throw new GatewayError('FORBIDDEN', `This takes the scope ${needed.join(' and ')}.`, {
    extensions: { requiredScopes: needed },
  });
}
