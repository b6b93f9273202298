import { isRecord } from '../../json/parse-json.js';
import { toSubscriptionRequest } from './to-subscription-request.js';
import type { SubscriptionRequest } from '../../operations/apollo/admit-subscription.js';

/** What a client may send by the protocol graphql-transport-ws. */
export type ClientMessage =
  | { type: 'connection_init' | 'ping' | 'pong'; payload: Readonly<Record<string, unknown>> | undefined }
  | { type: 'subscribe'; id: string; request: SubscriptionRequest }
  | { type: 'complete'; id: string };

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isPayload = (value: unknown): value is Readonly<Record<string, unknown>> | null | undefined =>
  value === undefined || value === null || isRecord(value);

/** Undefined if a member has another type than the protocol gives it, or if nothing names a document. */
function tryToSubscriptionRequest(payload: unknown): SubscriptionRequest | undefined {
  try {
    const request = toSubscriptionRequest(payload);
    const { query, documentId, extensions } = request;
    return (query ?? documentId ?? extensions?.['persistedQuery']) === undefined ? undefined : request;
  } catch {
    return undefined;
  }
}

/**
 * Checks a parsed message of a client. In place of a document, `subscribe` may have a `documentId` or the hash of a persisted query.
 * Returns undefined if the protocol does not allow the message, as for the types that only servers send.
 */
export function toClientMessage(message: unknown): ClientMessage | undefined {
  if (!isRecord(message)) return undefined;
  const { type, id, payload } = message;
  switch (type) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return isPayload(payload) ? { type, payload: payload ?? undefined } : undefined;
    case 'subscribe': {
      const request = tryToSubscriptionRequest(payload);
      return isId(id) && request ? { type, id, request } : undefined;
    }
    case 'complete':
      return isId(id) ? { type, id } : undefined;
    default:
      return undefined;
  }
}
