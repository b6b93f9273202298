/** Whether a value holds no Error at any depth: an answer that broke its contract is worth asking for again. */
export function isWhole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Error) return false;
  return (Array.isArray(value) ? value : Object.values(value)).every(isWhole);
}
