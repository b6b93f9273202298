import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';

/**
 * The value of a header that says who is calling. Read from the lines as they were sent: of some headers, node:http keeps
 * the first only, and it joins others. @throws GatewayError BAD_REQUEST where it is sent more than once
 */
export function oneHeader({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index];
    if (sent?.length !== wanted.length || sent.toLowerCase() !== wanted) continue;
    if (value !== undefined) throw new GatewayError('BAD_REQUEST', `${name} must be sent once.`, { httpStatus: 400 });
    value = rawHeaders[index + 1];
  }
  return value;
}
