import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';

const refuse = (httpStatus: number, message: string): GatewayError =>
  new GatewayError('BAD_REQUEST', message, { httpStatus });

const tooLarge = (maxBytes: number): GatewayError => refuse(413, `The request body is larger than ${maxBytes} bytes.`);

/**
 * The request body as bytes.
 * @throws GatewayError BAD_REQUEST, at once or by the promise: 415 on a compressed body, 413 past `maxBytes`, 400 where
 * its sender gave up
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { 'content-encoding': coding, 'content-length': length } = request.headers;
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    throw refuse(415, 'The request body must not be compressed.');
  }
  if (length !== undefined && Number(length) > maxBytes) throw tooLarge(maxBytes);

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      reject(tooLarge(maxBytes));
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks, size));
    });
    // Comes after every failure too: node:http has no 'error' for a request that nobody listens to for it.
    request.on('close', () => {
      if (!request.readableEnded) reject(refuse(400, 'The request body did not arrive.'));
    });
  });
}
