import { decodeUtf8, parseJson } from '../json/parse-json.js';
import { isUpstreamId } from '../upstream/target.js';

/** What one delivery tells. */
export interface Delivery {
  /** Of the event type, in decimal. */
  eventTypeId: string;
  /** Of the webhook that it was sent for. */
  webhookId: string | undefined;
  /** Ids that may be those of the customer it is about, the likeliest first. */
  customerIds: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const toFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** An id of the upstream; JSON may have it as a number or, as other parts of DRACOON do, as a string. */
function toId(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && isUpstreamId(text) ? text : undefined;
}

/** Whether a payload is a customer itself, by what nothing else of the upstream has. */
const isCustomer = (payload: Fields): boolean =>
  ['customerUuid', 'customerContractType', 'companyName'].some((name) => payload[name] !== undefined);

/**
 * The envelope is documented in part, the payload of customer events not at all. A payload that is a customer says which
 * one it is: the envelope's `customerId` may then be the provider's own. Else the envelope's is assumed to be the customer that the
 * event is about and, if that is missing, the payload to be the customer or something that refers to one.
 */
function findCustomerIds(envelope: Fields): readonly string[] {
  const payload = toFields(envelope['payload']);
  const candidates = [
    ...(isCustomer(payload) ? [payload['id']] : []),
    envelope['customerId'],
    payload['id'],
    payload['customerId'],
    toFields(payload['customer'])['id'],
  ];
  return [...new Set(candidates.map(toId).filter((id) => id !== undefined))];
}

/** What the body of a delivery says; undefined if it is none. Integers beyond 2^53 keep their digits. */
export function loadDelivery(bytes: Buffer): Delivery | undefined {
  const text = decodeUtf8(bytes);
  if (text === undefined) return undefined;
  let envelope: Fields;
  try {
    envelope = toFields(parseJson(text, String));
  } catch {
    return undefined;
  }
  const eventTypeId = toId(envelope['eventType']);
  if (eventTypeId === undefined) return undefined;
  return { eventTypeId, webhookId: toId(envelope['webhookId']), customerIds: findCustomerIds(envelope) };
}
