import { ApiFailure } from '../http/errors.js';

export type Operator = 'eq' | 'neq' | 'cn' | 'sw' | 'ge' | 'le' | 'nex';

/** One term of a filter, `FIELD:OP:VALUE[:VALUE...]`. */
export interface FilterTerm {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export type Predicate<T> = (record: T) => boolean;

/** What a term with several values means for a field. Most fields take one value only: `reject`. */
export type ManyValues = 'or' | 'first' | 'none' | 'ignore' | 'reject';

export interface FilterField<T> {
  /** By operator: the values of a term (any of them may match) → the test of a record. Throws on a bad value. */
  readonly tests: Readonly<Partial<Record<Operator, (values: readonly string[]) => Predicate<T>>>>;
  readonly manyValues?: ManyValues;
  /** Terms of fields marked `or` are joined by OR with each other, and by AND with all else. */
  readonly group?: 'or';
}

/** The filterable fields of a list, by the name they have in a filter. */
export type FilterFields<T> = Readonly<Record<string, FilterField<T>>>;

const malformed = (debugInfo: string): ApiFailure => new ApiFailure('invalidPositiveNumber', { debugInfo });

/** Splits a filter into its terms. The grammar has no escape, so `:` and `|` never belong to a value. */
export function parseFilter(text: string): FilterTerm[] {
  return text.split('|').map((term) => {
    const [field = '', operator = '', ...values] = term.split(':');
    if (field === '' || operator === '' || values.length === 0 || values.includes('')) {
      throw malformed(`Malformed filter term '${term}': expected FIELD:OPERATOR:VALUE`);
    }
    return { field, operator, values };
  });
}

/**
 * Makes one test of a record out of the terms. Throws an ApiFailure for what the list's fields do not allow, but for unknown
 * fields if these are to be ignored.
 */
export function compileFilter<T>(
  terms: readonly FilterTerm[],
  fields: FilterFields<T>,
  unknownField: 'reject' | 'ignore' = 'reject',
): Predicate<T> {
  const all: Predicate<T>[] = [];
  const any: Predicate<T>[] = [];
  for (const term of terms) {
    const field = Object.hasOwn(fields, term.field) ? fields[term.field] : undefined;
    if (field === undefined && unknownField === 'ignore') continue;
    if (field === undefined) throw malformed(`Unknown filter field '${term.field}'`);
    (field.group === 'or' ? any : all).push(compileTerm(term, field));
  }
  if (any.length > 0) all.push((record) => any.some((test) => test(record)));
  return (record) => all.every((test) => test(record));
}

function compileTerm<T>(term: FilterTerm, field: FilterField<T>): Predicate<T> {
  const compile = Object.entries(field.tests).find(([operator]) => operator === term.operator)?.[1];
  if (compile === undefined) {
    throw malformed(`Filter field '${term.field}' has no operator '${term.operator}'`);
  }
  if (term.values.length === 1) return compile(term.values);
  switch (field.manyValues ?? 'reject') {
    case 'or':
      return compile(term.values);
    case 'first':
      return compile(term.values.slice(0, 1));
    case 'none':
      return () => false;
    case 'ignore':
      return () => true;
    case 'reject':
      throw malformed(`Filter field '${term.field}' takes one value`);
  }
}
