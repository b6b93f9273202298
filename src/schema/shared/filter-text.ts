import { badUserInput } from '../../errors/gateway-error.js';
import { toUpstreamId } from '../../upstream/target.js';

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

interface Term {
  argument: string;
  text: string;
  length: number;
}

/** Of all terms, as they stand in a URL: it stays far below the 8 kB that proxies commonly allow. */
const MAX_LENGTH = 6_000;

const lengthInUrl = (text: string): number => new URLSearchParams([['', text]]).toString().length - 1;

/** @throws BAD_USER_INPUT naming the longest term, if all of them do not fit into a URL */
function checkLength(terms: readonly Term[]): void {
  const total = terms.reduce((sum, { length }) => sum + length, 0);
  if (total <= MAX_LENGTH) return;
  const { argument } = terms.reduce((longest, term) => (term.length > longest.length ? term : longest));
  throw badUserInput(
    `${argument} is too long: a filter may have ${MAX_LENGTH} characters in a URL, and this one has ${total}.`,
    argument,
  );
}

type Condition = Readonly<Record<string, unknown>> | null | undefined;

/** The terms of one field. @throws BAD_USER_INPUT if it holds null or nothing, which would let everything through */
function toTerms(field: string, condition: Condition, operators: readonly Operator[]): readonly Term[] {
  if (condition === undefined) return [];
  const argument = `filter.${field}`;
  const given = operators.filter((operator) => condition?.[operator] !== undefined);
  if (given.length === 0) {
    throw badUserInput(`${argument} must hold an operator. Omit it to filter by something else.`, argument);
  }
  return given.map((operator) => {
    const value = condition?.[operator];
    const place = `${argument}.${operator}`;
    if (value === null) throw badUserInput(`${place} must not be null. Omit it to filter by something else.`, place);
    const text = `${field}:${OPERATORS[operator]}:${toText(field, value, place)}`;
    return { argument: place, text, length: lengthInUrl(text) };
  });
}

/** `quotaMax:ge:-1` → `filter.quotaMax.gte` */
function argumentOfTerm(term: string): string {
  const [field = '', operator = '', ...values] = term.split(':');
  const names = Object.entries(OPERATORS).flatMap(([name, upstreamName]) => (upstreamName === operator ? [name] : []));
  return `filter.${field}.${values.length > 1 ? names.at(-1) : names[0]}`;
}

/** The argument of a filter that an upstream refused: that of its only negative number or only term, else `filter`. */
export function argumentAtFault(filter: string): string {
  const terms = filter.split('|');
  const negative = terms.filter((term) => /:-\d+$/.test(term));
  const [only, ...others] = negative.length > 0 ? negative : terms;
  return only === undefined || others.length > 0 ? 'filter' : argumentOfTerm(only);
}

/**
 * The upstream's filter for a GraphQL filter input: `FIELD:OP:VALUE` terms joined by `|`, which means AND.
 * Undefined if nothing is filtered. @throws BAD_USER_INPUT on a value that the grammar can't carry, and on null
 */
export function toFilterText(table: FilterTable, filter: object | null | undefined): string | undefined {
  if (filter == null) return undefined;
  const given = filter as Readonly<Record<string, Condition>>;
  const terms = Object.entries(table).flatMap(([field, operators]) => toTerms(field, given[field], operators));
  checkLength(terms);
  return terms.length > 0 ? terms.map(({ text }) => text).join('|') : undefined;
}
