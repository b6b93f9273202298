import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';

const TOKEN_HEADER = 'x-sds-service-token';
const VISIBLE_ASCII = /^[\x21-\x7e]{1,4096}$/;

/** Who sent a request. */
export interface Caller {
  /** What goes upstream for this caller; undefined for an anonymous one, who may ask for the schema only. */
  serviceToken: string | undefined;
}

/**
 * Reads the caller from a request: its own `X-Sds-Service-Token`, else `defaultToken`.
 * @throws GatewayError BAD_REQUEST on several such headers or one that can't be a token
 */
export function authenticate(request: IncomingMessage, defaultToken: string | undefined): Caller {
  const [token, ...more] = request.headersDistinct[TOKEN_HEADER] ?? [];
  if (more.length > 0 || (token !== undefined && !VISIBLE_ASCII.test(token))) {
    throw new GatewayError('BAD_REQUEST', 'X-Sds-Service-Token must be sent once and hold a token.', {
      httpStatus: 400,
    });
  }
  return { serviceToken: token ?? defaultToken };
}
