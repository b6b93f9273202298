import { randomUUID } from 'node:crypto';

/** Digit by digit, as V8 skips ahead for such a pattern and not for a counted one: a tenth of the time. */
const LONG_DIGITS = new RegExp('\\d'.repeat(16), 'g');
const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
/** Before a quote that begins a string. */
const STRUCTURE = new Set(Buffer.from('{[,: \t\r\n'));
/** Around digits that are part of a number with a fraction or an exponent. */
const OF_A_FRACTION = new Set(Buffer.from('.eE+-'));

/** Prefix of integers on their way through JSON.parse as strings; a secret of this process, so no document can forge it. */
const MARK = `${randomUUID()}:`;

/** Tells of positions, asked for from left to right, whether they are inside of a string of a JSON text. */
function createStringTracker(text: string): (position: number) => boolean {
  let at = 0;
  let isInside = false;
  return (position) => {
    for (; at < position; at += 1) {
      const character = text.charCodeAt(at);
      if (character === QUOTE) isInside = !isInside;
      else if (character === BACKSLASH && isInside) at += 1;
    }
    return isInside;
  };
}

const isDigit = (character: number): boolean => character >= 48 && character <= 57;

/**
 * Whether what begins at a position is certain to be the value of a property: before it stand a colon and a quote that
 * ends a string, as there is no structure before that. Where it says no, nothing is certain.
 */
function isCertainlyValue(text: string, at: number): boolean {
  if (at < 3 || text.charCodeAt(at - 1) !== COLON || text.charCodeAt(at - 2) !== QUOTE) return false;
  const last = text.charCodeAt(at - 3);
  return last !== BACKSLASH && !STRUCTURE.has(last);
}

/** The integer around a run of digits, where a number would lose some of them; undefined where there is none. */
function lossyInteger(text: string, digitsAt: number, end: number): string | undefined {
  const at = text[digitsAt - 1] === '-' ? digitsAt - 1 : digitsAt;
  if (text[digitsAt] === '0' || OF_A_FRACTION.has(text.charCodeAt(at - 1)) || OF_A_FRACTION.has(text.charCodeAt(end)))
    return undefined;
  const digits = text.slice(at, end);
  return Number.isSafeInteger(Number(digits)) ? undefined : digits;
}

/** The text with every integer that a number would lose as a marked string; undefined where there is none. */
function markLongIntegers(text: string): string | undefined {
  const isInString = createStringTracker(text);
  let marked = '';
  let copied = 0;
  LONG_DIGITS.lastIndex = 0;
  for (let run = LONG_DIGITS.exec(text); run; run = LONG_DIGITS.exec(text)) {
    let end = LONG_DIGITS.lastIndex;
    while (isDigit(text.charCodeAt(end))) end += 1;
    LONG_DIGITS.lastIndex = end;
    const digits = lossyInteger(text, run.index, end);
    if (digits === undefined) continue;
    const at = end - digits.length;
    if (!isCertainlyValue(text, at) && isInString(at)) continue;
    marked += `${text.slice(copied, at)}"${MARK}${digits}"`;
    copied = end;
  }
  return copied === 0 ? undefined : marked + text.slice(copied);
}

/** Puts `toExact` of their digits in the place of marked strings. */
function restore(value: unknown, toExact: (decimal: string) => unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? toExact(value.slice(MARK.length)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = restore(value[index], toExact);
    return value;
  }
  const object = value as Record<string, unknown>;
  for (const key in object) {
    const part = object[key];
    if (typeof part === 'string' ? part.startsWith(MARK) : typeof part === 'object')
      object[key] = restore(part, toExact);
  }
  return object;
}

/**
 * Parses JSON without losing integers: within ±(2^53-1) they are numbers, beyond they become what `toExact` makes of
 * their decimal text, by default a bigint.
 * Where no number is long it costs one scan more than JSON.parse.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string, toExact: (decimal: string) => unknown = BigInt): unknown {
  const marked = markLongIntegers(text);
  return marked === undefined ? JSON.parse(text) : restore(JSON.parse(marked), toExact);
}
