import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';

/** The request body as bytes. @throws GatewayError BAD_REQUEST (413) past `maxBytes` */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): GatewayError =>
    new GatewayError('BAD_REQUEST', `The request body is larger than ${maxBytes} bytes.`, { httpStatus: 413 });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
