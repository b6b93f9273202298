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

/** A path below `input` and the value there. */
interface Leaf {
  path: string[];
  value: unknown;
}

/** Values at every depth: `{ a: { b: 1 } }` → `[{ path: ['a', 'b'], value: 1 }]`. */
const leavesOf = (value: unknown, path: string[] = []): Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]))
    : [{ path, value }];

/** The first text that `isWrong`. */
const firstText =
  (isWrong: (text: string, path: readonly string[]) => boolean): Locator =>
  (input) =>
    leavesOf(input).find(({ path, value }) => typeof value === 'string' && isWrong(value, path))?.path;

const isAttribute = (path: readonly string[], part: string): boolean =>
  ATTRIBUTE_LISTS.includes(path[0] ?? '') && path.at(-1) === part;

/** The first text without a character; the value of an attribute may be empty. */
export const emptyText = firstText((text, path) => text.trim() === '' && !isAttribute(path, 'value'));

/** The first attribute key that holds a character outside of `[A-Za-z0-9_-]`, or a user name with `<` or `>`. */
export const malformedText: Locator = (input) =>
  attributeKeys(input).find(({ key }) => !ATTRIBUTE_KEY.test(key))?.path ??
  firstText((text, path) => path.at(-1) === 'userName' && /[<>]/.test(text))(input) ??
  at('key')(input);

const MAX_LENGTHS: Readonly<Record<string, number>> = { name: 150, url: 2_048 };
const MAX_TEXT = 255;
const MAX_ATTRIBUTE_VALUE = 4_096;

const maxLengthAt = (path: readonly string[]): number =>
  isAttribute(path, 'value') ? MAX_ATTRIBUTE_VALUE : (path.length === 1 && MAX_LENGTHS[path[0] ?? '']) || MAX_TEXT;

/** The first text over its documented length, else the list of attributes, of which a customer can have too many. */
export const tooLong: Locator = (input) =>
  firstText((text, path) => text.length > maxLengthAt(path))(input) ?? at(...ATTRIBUTE_LISTS)(input);

/** The first number below 0, apart from -1 for an unlimited quota: `{ quotaMax: -1, userMax: -1 }` → `['userMax']`. */
export const negativeNumber: Locator = (input) =>
  leavesOf(input).find(
    ({ path, value }) =>
      (typeof value === 'number' || typeof value === 'bigint') &&
      value < 0 &&
      !(path[0] === 'quotaMax' && Number(value) === -1),
  )?.path;

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i;

/** The language that is no IETF tag, else the first one that is given. */
export const malformedLanguage: Locator = (input) =>
  firstText((text, path) => /language$/i.test(path.at(-1) ?? '') && !LANGUAGE.test(text))(input) ??
  at('firstAdminUser.receiverLanguage', 'firstAdminUser.language')(input);
