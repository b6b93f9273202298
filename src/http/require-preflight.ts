import type { IncomingMessage } from 'node:http';
import type { AuthSettings } from '../config/auth-settings.js';
import { GatewayError } from '../errors/gateway-error.js';

/** Headers that a page sends to another origin only after a preflight, which CORS answers. */
const MEANT_BY = [
  'graphql-require-preflight',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'authorization',
  'x-sds-service-token',
] as const;
/** Content types that a page may send without one. Fetch standard, section 2.2.2. */
const SIMPLE_TYPE = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

const CURE =
  'Send the header `GraphQL-Require-Preflight: 1`, or queries to /graphql by POST (urql: `preferGetMethod: false`). ' +
  'This gateway serves callers without a credential, so a GET needs what pages of other sites cannot send.';

/**
 * Rejects a GET or HEAD that a page of another site could have sent, if callers need no credential (AUTH_MODE=none): docs/decisions/0033-queries-by-get.md.
 * For those two alone: a POST needs a JSON body, which such a page cannot send. @throws GatewayError BAD_REQUEST, 400
 */
export function createRequirePreflight(mode: AuthSettings['mode']): ((request: IncomingMessage) => void) | undefined {
  if (mode !== 'none') return undefined;
  return ({ headers }) => {
    if (MEANT_BY.some((name) => (headers[name] ?? '').length > 0)) return;
    const contentType = headers['content-type'];
    if (contentType !== undefined && !SIMPLE_TYPE.test(contentType)) return;
    throw new GatewayError('BAD_REQUEST', CURE, { httpStatus: 400 });
  };
}
