const OBJECT_BYTES = 32;
const SCALAR_BYTES = 8;
const BYTES_PER_CHARACTER = 2;

/** About how many bytes a plain value, or an answer with all that it was made from, holds in memory; never less than 1. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return OBJECT_BYTES + value.length * BYTES_PER_CHARACTER;
  if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
  const parts = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + SCALAR_BYTES + sizeOf(part), OBJECT_BYTES);
}
