import { isAscii, isUtf8, transcode } from 'node:buffer';
import { indexOf, markLongIntegers } from './long-integers.js';

const BYTE_ORDER_MARK = '\ufeff';

/** The text of bytes in UTF-8, without a byte order mark; undefined if they are not UTF-8. As TextDecoder, faster. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  // Of ASCII both are the same text, and this one is copied instead of decoded.
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Whether a parsed JSON value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;

/**
 * Whether a JSON text has more than `max` objects, lists and commas, each of which costs many times its bytes once it is
 * parsed. A text that is no JSON gets any answer.
 * Example: `{"a":[1,","]}`, 2 → true
 */
export function hasMorePartsThan(bytes: Buffer, max: number): boolean {
  if (bytes.length <= max) return false;
  let parts = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length && parts <= max; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === COMMA || byte === OPEN_OBJECT || byte === OPEN_LIST) parts += 1;
  }
  return parts > max;
}

type ToExact = (decimal: string) => unknown;

/** No 64-bit integer has more, signed or not, and a bigint of millions of digits takes seconds to make. */
const MAX_BIGINT_DIGITS = 20;

/** Digit by digit, as V8 skips ahead for such a pattern and not for a counted one: a tenth of the time. */
const LONG_DIGITS = new RegExp('\\d'.repeat(16));

/** Puts exact values in the place of the strings that stand for them, until each has been found. */
class Restoration {
  private left: number;

  constructor(
    private readonly integers: readonly string[],
    private readonly toExact: ToExact,
  ) {
    this.left = integers.length;
  }

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.ofString(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length && this.left > 0; index += 1) value[index] = this.of(value[index]);
      return value;
    }
    const object = value as Record<string, unknown>;
    for (const key in object) {
      if (this.left === 0) break;
      const part = object[key];
      if (typeof part === 'object') this.of(part);
      else if (typeof part === 'string' && indexOf(part) !== undefined) object[key] = this.ofString(part);
    }
    return object;
  }

  private ofString(value: string): unknown {
    const index = indexOf(value);
    if (index === undefined) return value;
    this.left -= 1;
    return this.toExact(this.integers[index] ?? '');
  }
}

/** The text of UTF-8 bytes, by ways that are faster than `toString('utf8')`: through UTF-16, it takes half the time. */
const textOf = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : transcode(bytes, 'utf8', 'utf16le').toString('utf16le');

/** As `parseJson`, of a text as the bytes of its UTF-8, which are not what they were afterwards. */
export function parseJsonBytes(bytes: Buffer, toExact: ToExact = BigInt): unknown {
  const integers = markLongIntegers(bytes, toExact === BigInt ? MAX_BIGINT_DIGITS : Infinity);
  const value: unknown = JSON.parse(textOf(bytes));
  return integers.length === 0 ? value : new Restoration(integers, toExact).of(value);
}

/**
 * Parses JSON without losing integers: within ±(2^53-1) they are numbers, beyond they become what `toExact` makes of
 * their decimal text. By default that is a bigint for at most 20 digits; longer integers are rounded, as by JSON.parse.
 * If no number is long, it costs one scan more than JSON.parse.
 * Example: `[9007199254740993,1]` → `[9007199254740993n, 1]`
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string, toExact: ToExact = BigInt): unknown {
  return LONG_DIGITS.test(text) ? parseJsonBytes(Buffer.from(text), toExact) : JSON.parse(text);
}
