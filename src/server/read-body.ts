import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';

/**
 * The request body as bytes.
 * @throws GatewayError BAD_REQUEST: 415 on a compressed body, 413 past `maxBytes`, 400 where its sender gave up
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): GatewayError =>
    new GatewayError('BAD_REQUEST', `The request body is larger than ${maxBytes} bytes.`, { httpStatus: 413 });
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    throw new GatewayError('BAD_REQUEST', 'The request body must not be compressed.', { httpStatus: 415 });
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();

  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw new GatewayError('BAD_REQUEST', 'The request body did not arrive.', { httpStatus: 400, cause: error });
  }
  return Buffer.concat(chunks, size);
}
