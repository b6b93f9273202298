import { randomUUID } from 'node:crypto';

const DIGITS_THAT_MAY_LOSE = /\d{16}/;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;

/** Prefix of integers on their way through JSON.parse as strings; a secret of this process, so no document can forge it. */
const MARK = `${randomUUID()}:`;

const isLossy = (token: string): boolean => LONG_INTEGER.test(token) && !Number.isSafeInteger(Number(token));

/**
 * Parses JSON without losing integers: within ±(2^53-1) they are numbers, beyond they become what `toExact` makes of
 * their decimal text, by default a bigint.
 * Where no number is long it costs one scan more than JSON.parse.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string, toExact: (decimal: string) => unknown = BigInt): unknown {
  if (!DIGITS_THAT_MAY_LOSE.test(text)) return JSON.parse(text);
  const marked = text.replace(STRING_OR_NUMBER, (token) => (isLossy(token) ? `"${MARK}${token}"` : token));
  if (marked.length === text.length) return JSON.parse(text);
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? toExact(value.slice(MARK.length)) : value,
  );
}
