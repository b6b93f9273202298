const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function canonicalScalar(value: unknown, key: string): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return value ?? null;
  if (key === 'customerContractType') return value.toUpperCase();
  return INSTANT.test(value) ? new Date(value).toISOString() : value;
}

/**
 * A value in the one form that all targets' answers have in common: numbers as text, instants with milliseconds, lists
 * under `items`, contract types in capitals.
 */
export function toCanonical(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => toCanonical(item, key));
  if (typeof value !== 'object' || value === null) return canonicalScalar(value, key);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name === 'nodes' ? 'items' : name, toCanonical(each, name)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What `wanted` has, taken from `given`, which may have more: a REST answer cut down to what was selected. */
export function toSelected(given: unknown, wanted: unknown): unknown {
  if (Array.isArray(wanted)) {
    return Array.isArray(given) ? given.map((each, index) => toSelected(each, wanted[index] ?? wanted[0])) : given;
  }
  if (typeof wanted !== 'object' || wanted === null || typeof given !== 'object' || given === null) {
    return given ?? null;
  }
  const values = new Map<string, unknown>(Object.entries(given));
  return Object.fromEntries(Object.entries(wanted).map(([key, each]) => [key, toSelected(values.get(key), each)]));
}

const LONG_INTEGER = /^-?\d{16,}$/;

/** The value with its long integers as a double has them. */
export function toRounded(value: unknown): unknown {
  if (typeof value === 'string') return LONG_INTEGER.test(value) ? String(BigInt(Number(value))) : value;
  if (Array.isArray(value)) return value.map(toRounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toRounded(each)]));
}
