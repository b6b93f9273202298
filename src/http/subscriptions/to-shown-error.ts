import type { GraphQLFormattedError } from 'graphql';
import type { GatewayError } from '../../errors/gateway-error.js';

/** An error as clients see it in a message: without the status that a response would have. */
export function toShownError({ message, extensions }: GatewayError): GraphQLFormattedError {
  const { http: _status, ...shown } = extensions;
  return { message, extensions: shown };
}
