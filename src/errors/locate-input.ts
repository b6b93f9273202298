/** Where in a mutation's input an upstream error belongs; paths are relative to `input`. */
export type Locator = (input: Readonly<Record<string, unknown>>) => string[] | undefined;

const ATTRIBUTE_KEY = /^[A-Za-z0-9_-]+$/;
const ATTRIBUTE_LISTS = ['attributes', 'customerAttributes'];

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** The first of `paths` (dotted) that the input holds a value at. */
export function at(...paths: string[]): Locator {
  const candidates = paths.map((path) => path.split('.'));
  return (input) => candidates.find((path) => valueAt(input, path) != null);
}

function attributeKeys(input: Readonly<Record<string, unknown>>): { path: string[]; key: string }[] {
  return ATTRIBUTE_LISTS.flatMap((list) => {
    const entries = input[list];
    return Array.isArray(entries)
      ? entries.map((entry, index) => ({ path: [list, String(index), 'key'], key: String(valueAt(entry, ['key'])) }))
      : [];
  });
}

/** The second of two attributes whose keys differ in case at most. */
export const duplicateAttributeKey: Locator = (input) => {
  const seen = new Set<string>();
  return attributeKeys(input).find(({ key }) => {
    const folded = key.toLowerCase();
    if (seen.has(folded)) return true;
    seen.add(folded);
    return false;
  })?.path;
};

/** The first attribute key that holds a character outside of `[A-Za-z0-9_-]`. */
export const malformedAttributeKey: Locator = (input) =>
  attributeKeys(input).find(({ key }) => !ATTRIBUTE_KEY.test(key))?.path ?? at('key')(input);

/** The webhook name, where it is over the documented 150 characters. */
export const overlongName: Locator = (input) => {
  const name = input['name'];
  return typeof name === 'string' && name.length > 150 ? ['name'] : undefined;
};
