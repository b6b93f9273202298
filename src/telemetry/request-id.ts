/** Bounded, and of characters that mean nothing in a header, a log line or a shell. */
const REQUEST_ID = /^[A-Za-z0-9._~-]{1,128}$/;

/** What a request is known by, here and upstream: what its `x-request-id` says, where that is safe, else a fresh id. */
export function toRequestId(given: string | string[] | undefined, createId: () => string): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : createId();
}
