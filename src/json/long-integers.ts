import { randomBytes } from 'node:crypto';

/** The fewest digits with which a number may lose one. */
const FEWEST = 16;
const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const COLON = 58;
const BACKSLASH = 92;
/** Before a quote that begins a string. */
const STRUCTURE = new Set(Buffer.from('{[,: \t\r\n'));
const SPACE = new Set(Buffer.from(' \t\r\n'));
/** Around digits that are part of a number with a fraction or an exponent. */
const OF_A_FRACTION = new Set(Buffer.from('.eE+-'));

const RADIX = 36;
/** Begins the strings that stand for long integers; a secret of this process, so no document can forge it. */
const MARK = randomBytes(8)
  .toString('base64url')
  .slice(0, FEWEST - 6);

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

interface Run {
  start: number;
  end: number;
}

/** The next run of digits that is long: one look at every 16th byte finds each. */
function nextRun(bytes: Buffer, from: number): Run | undefined {
  for (let at = from + FEWEST - 1; at < bytes.length; at += FEWEST) {
    if (!isDigit(bytes[at])) continue;
    let start = at;
    let end = at + 1;
    while (start > from && isDigit(bytes[start - 1])) start -= 1;
    while (isDigit(bytes[end])) end += 1;
    if (end - start >= FEWEST) return { start, end };
    at = end;
  }
  return undefined;
}

/** Tells of positions, asked for from left to right, whether they are inside of a string of a JSON text. */
function createStringTracker(bytes: Buffer): (position: number) => boolean {
  let at = 0;
  let isInside = false;
  return (position) => {
    for (; at < position; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) isInside = !isInside;
      else if (byte === BACKSLASH && isInside) at += 1;
    }
    return isInside;
  };
}

/**
 * Whether what begins at a position is certain to be the value of a property: before it stand a colon and a quote that
 * ends a string, as there is no structure before that. Where it says no, nothing is certain.
 */
function isCertainlyValue(bytes: Buffer, at: number): boolean {
  if (at < 3 || bytes[at - 1] !== COLON || bytes[at - 2] !== QUOTE) return false;
  const last = bytes[at - 3] ?? 0;
  return last !== BACKSLASH && !STRUCTURE.has(last);
}

function isName(bytes: Buffer, end: number): boolean {
  let at = end;
  while (SPACE.has(bytes[at] ?? 0)) at += 1;
  return bytes[at] === COLON;
}

/** The integer around a run of at most `maxDigits`, if a number would lose some of them; undefined if there is none. */
function lossyInteger(bytes: Buffer, { start, end }: Run, maxDigits: number): string | undefined {
  if (end - start > maxDigits) return undefined;
  const at = bytes[start - 1] === MINUS ? start - 1 : start;
  if (bytes[start] === ZERO || OF_A_FRACTION.has(bytes[at - 1] ?? 0) || OF_A_FRACTION.has(bytes[end] ?? 0))
    return undefined;
  const digits = bytes.toString('latin1', at, end);
  return Number.isSafeInteger(Number(digits)) ? undefined : digits;
}

/**
 * Replaces every integer of a JSON text that a number would lose, and that has at most `maxDigits`, by a string of the same
 * length. Returns their digits, in order: `indexOf` finds the one that a string stands for.
 */
export function markLongIntegers(bytes: Buffer, maxDigits: number): string[] {
  const integers: string[] = [];
  const isInString = createStringTracker(bytes);
  for (let run = nextRun(bytes, 0); run; run = nextRun(bytes, run.end)) {
    const digits = lossyInteger(bytes, run, maxDigits);
    if (digits === undefined) continue;
    const at = run.end - digits.length;
    if ((!isCertainlyValue(bytes, at) && isInString(at)) || isName(bytes, run.end)) continue;
    const index = integers.length.toString(RADIX).padStart(digits.length - 2 - MARK.length, '0');
    if (index.length + MARK.length + 2 > digits.length) throw new SyntaxError('too many long integers');
    bytes.write(`"${MARK}${index}"`, at, 'latin1');
    integers.push(digits);
  }
  return integers;
}

/** Which of the integers that were marked a string stands for; undefined if it is a string of the document. */
export function indexOf(value: string): number | undefined {
  return value.length > MARK.length && value.startsWith(MARK) ? parseInt(value.slice(MARK.length), RADIX) : undefined;
}
