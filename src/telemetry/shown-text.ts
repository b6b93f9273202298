const MAX_LENGTH = 100;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** What a client says of itself, as it can be logged: printable ASCII, cut to 100 characters; else undefined. */
export function toShownText(text: string | string[] | undefined): string | undefined {
  return typeof text === 'string' && PRINTABLE.test(text) ? text.slice(0, MAX_LENGTH) : undefined;
}
