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
