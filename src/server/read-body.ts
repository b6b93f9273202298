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

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const giveUp = (cause?: unknown): void =>
      reject(new GatewayError('BAD_REQUEST', 'The request body did not arrive.', { httpStatus: 400, cause }));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      reject(tooLarge());
    });
    request.once('end', () => {
      request.off('close', giveUp);
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks, size));
    });
    request.once('error', giveUp);
    request.once('close', giveUp);
  });
}
