type Values = Readonly<Record<string, unknown>>;

/** Variants of one operation that are kept at most; one with many conditions could have a variant for every request. */
const MAX_VARIANTS = 16;

const codeOf = (values: Values, name: string): string => (Object.hasOwn(values, name) ? String(values[name]) : '-');

/**
 * Makes a variant for each outcome of the conditions when it is first needed and keeps the latest made. `create` is handed the values of the
 * condition variables alone: nothing else may decide what a variant looks like.
 */
export function createVariants<T>(
  conditions: ReadonlySet<string>,
  create: (decided: Values) => T,
): (values: Values) => T {
  if (conditions.size === 0) {
    let only: T | undefined;
    return () => (only ??= create({}));
  }
  const names = [...conditions];
  const variants = new Map<string, T>();
  return (values) => {
    const code = names.map((name) => codeOf(values, name)).join();
    const known = variants.get(code);
    if (known !== undefined) return known;
    const given = names.filter((name) => Object.hasOwn(values, name));
    const variant = create(Object.fromEntries(given.map((name) => [name, values[name]])));
    for (const oldest of variants.keys()) {
      if (variants.size < MAX_VARIANTS) break;
      variants.delete(oldest);
    }
    variants.set(code, variant);
    return variant;
  };
}
