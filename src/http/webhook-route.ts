import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../errors/gateway-error.js';
import type { Receiver, Reception } from '../webhooks/create-receiver.js';
import type { Route } from './operation-route.js';
import { NO_SNIFF } from './response.js';
import { readBody } from './request.js';

export const WEBHOOK_PATH = '/webhooks/dracoon';

/** Envelopes are small; customers in payloads may have attributes. */
const MAX_BODY_BYTES = 256 * 1024;
const RETRY_AFTER_SECONDS = 10;

const REFUSALS: Readonly<Partial<Record<Reception, { httpStatus: number; message: string }>>> = {
  refused: { httpStatus: 401, message: 'The signature does not match.' },
  malformed: { httpStatus: 400, message: 'The body is not the delivery of an event.' },
};

function answer(reception: Reception, response: ServerResponse): void {
  const refusal = REFUSALS[reception];
  if (refusal) throw new GatewayError('BAD_REQUEST', refusal.message, { httpStatus: refusal.httpStatus });
  if (reception === 'failed') {
    throw new GatewayError('UPSTREAM_UNAVAILABLE', 'The delivery cannot be accepted at the moment. Send it again.', {
      httpStatus: 503,
      extensions: { retryAfterSeconds: RETRY_AFTER_SECONDS },
    });
  }
  response.writeHead(200, { ...NO_SNIFF, 'cache-control': 'no-store', 'content-length': 0 }).end();
}

/** Hands deliveries of webhooks on. Whatever was seen before, or is of no interest here, is acknowledged too. */
export function createWebhookRoute(receiver: Receiver, signatureHeader: string): Route {
  return async (request: IncomingMessage, response) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new GatewayError('BAD_REQUEST', 'Webhooks are delivered by POST.', { httpStatus: 405 });
    }
    const bytes = await readBody(request, MAX_BODY_BYTES);
    const signature = request.headers[signatureHeader];
    answer(await receiver.receive(bytes, typeof signature === 'string' ? signature : undefined), response);
  };
}
