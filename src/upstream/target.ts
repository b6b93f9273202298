import { type GatewayError, badUserInput } from '../errors/gateway-error.js';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_DIGITS = 19;
const POSITIVE_INTEGER = /^[1-9][0-9]{0,18}$/;
const ATTRIBUTE_KEY = /^[A-Za-z0-9_-]+$/;

/** Whether `id` is a positive int64 in plain decimal form: the only form that goes into an upstream path. */
export function isUpstreamId(id: string): boolean {
  return POSITIVE_INTEGER.test(id) && (id.length < INT64_DIGITS || BigInt(id) <= INT64_MAX);
}

/** Whether `key` holds only the characters that the upstream allows in attribute keys. */
export function isAttributeKey(key: string): boolean {
  return ATTRIBUTE_KEY.test(key);
}

/** The path segment of an id. @throws RangeError on anything but a positive int64 */
export function idSegment(id: string): string {
  if (!isUpstreamId(id)) throw new RangeError('not an upstream id');
  return id;
}

/** The path segment of an attribute key. @throws RangeError on a character outside of `[A-Za-z0-9_-]` */
export function attributeKeySegment(key: string): string {
  if (!isAttributeKey(key)) throw new RangeError('not an attribute key');
  return key;
}

/** The upstream's largest page: its `limit` text and its clients agree on 500, its customers text alone says 1000. */
export const MAX_PAGE_SIZE = 500;

/** `offset` and `limit` are int32 upstream. */
export const MAX_OFFSET = 2 ** 31 - 1;

/** What every upstream list takes. `filter` and `sort` are already in the upstream's grammar. */
export interface ListQuery {
  offset: number;
  limit: number;
  filter?: string | undefined;
  sort?: string | undefined;
  /** In a list sorted by `createdAt`, to begin with the items of this day, `2024-05-06`. */
  day?: string | undefined;
}

/** The filter of a list query, its day included: `isLocked:eq:true` from a day → `isLocked:eq:true|createdAt:ge:2024-05-06`. */
function filterOf({ filter, sort, day }: ListQuery): string | undefined {
  if (day === undefined) return filter;
  const isDescending = sort?.startsWith('createdAt:desc') === true;
  const prefix = isDescending ? 'createdAt:le:' : 'createdAt:ge:';
  const terms = filter?.split('|') ?? [];
  // That a field may stand twice with one operator is not documented.
  const own = terms.find((term) => term.startsWith(prefix))?.slice(prefix.length);
  const isNarrower = own !== undefined && (isDescending ? own < day : own > day);
  return [...terms.filter((term) => !term.startsWith(prefix)), prefix + (isNarrower ? own : day)].join('|');
}

export const CUSTOMERS = '/v4/provisioning/customers';
export const WEBHOOKS = '/v4/provisioning/webhooks';

export const customerPath = (id: string): string => `${CUSTOMERS}/${idSegment(id)}`;
export const attributesPath = (customerId: string): string => `${customerPath(customerId)}/customerAttributes`;
export const attributePath = (customerId: string, key: string): string =>
  `${attributesPath(customerId)}/${attributeKeySegment(key)}`;
export const webhookPath = (id: string): string => `${WEBHOOKS}/${idSegment(id)}`;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

type Value = Query[string];

/** Path and query as they go into a URL; what is undefined is left out. */
export function targetOf(path: string, list?: ListQuery, query?: Query): string {
  let target = path;
  let separator = '?';
  function add(name: string, value: Value): void {
    if (value === undefined) return;
    target += `${separator}${name}=${typeof value === 'string' ? encodeURIComponent(value) : String(value)}`;
    separator = '&';
  }
  if (list) {
    add('offset', list.offset);
    add('limit', list.limit);
    add('filter', filterOf(list));
    add('sort', list.sort);
  }
  for (const name in query) add(name, query[name]);
  return target;
}

/** An id argument in the only form that the upstream has: a positive 64-bit integer in decimal. @throws BAD_USER_INPUT */
export function toUpstreamId(id: string, argument: string): string {
  if (isUpstreamId(id)) return id;
  throw badUserInput(`${argument} must be a positive 64-bit integer in decimal digits.`, argument);
}

/** What to throw for a text that is no UUID, and that no customer is known by. */
export function notUuid(argument: string): GatewayError {
  return badUserInput(`${argument} must be a UUID.`, argument);
}
