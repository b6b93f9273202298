import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';

/** The value of a header that says who is calling. @throws GatewayError BAD_REQUEST where it is sent more than once */
export function oneHeader(request: IncomingMessage, name: string): string | undefined {
  const [value, ...more] = request.headersDistinct[name.toLowerCase()] ?? [];
  if (more.length > 0) throw new GatewayError('BAD_REQUEST', `${name} must be sent once.`, { httpStatus: 400 });
  return value;
}
