import { createHmac } from 'node:crypto';
import type { Gateway } from '../../src/gateway.js';

export const WEBHOOK_SECRET = 'a-secret-of-the-webhook';

/** The ids that the sandbox gives to event types. */
export const EVENT_TYPE = { customerCreated: 1, customerDeleted: 2, webhookExpiring: 3, userCreated: 4 } as const;

export const sign = (body: string, secret = WEBHOOK_SECRET): string =>
  `SHA256=${createHmac('sha256', secret).update(body).digest('base64')}`;

/** The envelope of a delivery, as far as it is documented. */
export function envelopeOf(eventType: number, parts: Record<string, unknown> = {}): string {
  return JSON.stringify({
    authParentId: null,
    eventType,
    customerId: 5,
    sourceHost: 'dracoon.example',
    timeStamp: 1_767_225_600_000,
    webhookId: 1,
    webhookUrl: 'https://gateway.example/webhooks/dracoon',
    payload: {},
    ...parts,
  });
}

/** Delivers a body to a gateway as the upstream does; resolves to the answer. */
export function deliver(
  { url }: Pick<Gateway, 'url'>,
  body: string,
  signature: string | null = sign(body),
): Promise<Response> {
  return fetch(`${url}/webhooks/dracoon`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signature !== null && { 'x-dracoon-signature': signature }) },
    body,
  });
}
