import { GatewayError } from '../../errors/gateway-error.js';
import { isRecord } from '../../json/parse-json.js';
import type { SubscriptionRequest } from '../../operations/apollo/admit-subscription.js';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Member of a request body → whether a value has its type. */
const MEMBERS = { query: isText, operationName: isText, variables: isRecord, extensions: isRecord };

const reject = (message: string): GatewayError => new GatewayError('BAD_REQUEST', message, { httpStatus: 400 });

/**
 * The subscription in a parsed request body; null counts as not given.
 * @throws GatewayError BAD_REQUEST if a member has another type than GraphQL over HTTP gives it
 */
export function toSubscriptionRequest(body: unknown): SubscriptionRequest {
  if (!isRecord(body)) throw reject('The body must be an object.');
  const given = Object.entries(MEMBERS).filter(([name]) => body[name] !== undefined && body[name] !== null);
  for (const [name, isSound] of given) {
    if (!isSound(body[name])) throw reject(`\`${name}\` must be ${isSound === isText ? 'a string' : 'an object'}.`);
  }
  const { documentId } = body;
  return {
    ...Object.fromEntries(given.map(([name]) => [name, body[name]])),
    ...(isText(documentId) && { documentId }),
  };
}
