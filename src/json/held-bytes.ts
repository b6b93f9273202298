const SLOT_BYTES = 8;
const STRING_BYTES = 24;
const BYTES_PER_CHARACTER = 2;
const NUMBER_BYTES = 16;
const BIGINT_BYTES = 24;
const LIST_BYTES = 48;
const OBJECT_BYTES = 56;
/** A name that many objects share costs less, and one that no other has costs more. */
const NAME_BYTES = 16;

/** Key of the method by which an object reports its own size, because its parts cannot be seen from outside. */
export const HELD_BYTES = Symbol('held bytes');

interface Sized {
  [HELD_BYTES](): number;
}

const isSized = (value: object): value is Sized => HELD_BYTES in value;

const ownBytes = (value: unknown): number => {
  switch (typeof value) {
    case 'string':
      return STRING_BYTES + value.length * BYTES_PER_CHARACTER;
    case 'number':
      return NUMBER_BYTES;
    case 'bigint':
      return BIGINT_BYTES;
    default:
      return 0;
  }
};

/**
 * Estimates the memory that a value of JSON holds, in bytes, at any depth: `{ name: 'ab' }` → 116. Measured values of
 * the upstream take about half of it; V8 takes up to twice as much for objects whose names are all different.
 */
export function heldBytes(value: unknown): number {
  let bytes = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    bytes += SLOT_BYTES;
    if (typeof next !== 'object' || next === null) bytes += ownBytes(next);
    else if (isSized(next)) bytes += next[HELD_BYTES]();
    else if (Array.isArray(next)) {
      bytes += LIST_BYTES;
      for (const item of next) open.push(item);
    } else {
      bytes += OBJECT_BYTES;
      for (const [name, part] of Object.entries(next)) {
        bytes += NAME_BYTES + name.length;
        open.push(part);
      }
    }
  }
  return bytes;
}
