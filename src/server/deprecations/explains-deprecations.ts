/** The header that asks for `extensions.deprecations`, by `1`. */
export const EXPLAIN_DEPRECATIONS = 'x-explain-deprecations';

/**
 * Whether a request asks for `extensions.deprecations`, by its own `extensions` or by the header. Anyone may: it tells no
 * more than the schema says of what the request has named already.
 */
export function explainsDeprecations(
  extensions: Readonly<Record<string, unknown>> | undefined,
  header: string | undefined,
): boolean {
  return extensions?.['deprecations'] === true || header === '1';
}
