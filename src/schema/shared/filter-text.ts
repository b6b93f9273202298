import { badUserInput } from '../../errors/gateway-error.js';
import { toUpstreamId } from './id-argument.js';

/** GraphQL operator → upstream operator. `in` is the upstream's `eq` with several values. */
const OPERATORS = {
  eq: 'eq',
  in: 'eq',
  neq: 'neq',
  contains: 'cn',
  startsWith: 'sw',
  gte: 'ge',
  lte: 'le',
  notExists: 'nex',
} as const;

type Operator = keyof typeof OPERATORS;

/** Filter field, named alike in GraphQL and upstream → the operators that the upstream has for it. */
export type FilterTable = Readonly<Record<string, readonly Operator[]>>;

// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** One switch for an unknown of the upstream: it documents no escape, so a value can't hold the grammar's own characters. */
function textValue(value: string, argument: string): string {
  if (value === '') throw badUserInput(`${argument} must not be empty.`, argument);
  if (/[|:]/.test(value)) {
    throw badUserInput(`${argument} must not contain "|" or ":": the upstream can't search for them.`, argument);
  }
  if (CONTROL_CHARACTER.test(value)) throw badUserInput(`${argument} must not contain control characters.`, argument);
  return value;
}

function toText(field: string, value: unknown, argument: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) throw badUserInput(`${argument} must not be empty.`, argument);
    return value.map((item, index) => toText(field, item, `${argument}.${index}`)).join(':');
  }
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (field === 'id') return toUpstreamId(String(value), argument);
  return typeof value === 'string' ? textValue(value, argument) : String(value);
}

/**
 * The upstream's filter for a GraphQL filter input: `FIELD:OP:VALUE` terms joined by `|`, which means AND.
 * Undefined where nothing is filtered. @throws BAD_USER_INPUT on a value that the grammar can't carry
 */
export function toFilterText(table: FilterTable, filter: object | null | undefined): string | undefined {
  if (filter == null) return undefined;
  const given = filter as Readonly<Record<string, Readonly<Record<string, unknown>> | null | undefined>>;
  const terms = Object.entries(table).flatMap(([field, operators]) =>
    operators
      .filter((operator) => given[field]?.[operator] != null)
      .map((operator) => {
        const argument = `filter.${field}.${operator}`;
        return `${field}:${OPERATORS[operator]}:${toText(field, given[field]?.[operator], argument)}`;
      }),
  );
  return terms.length > 0 ? terms.join('|') : undefined;
}
