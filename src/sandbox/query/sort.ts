import { ApiFailure } from '../http/errors.js';

type SortKey = string | number | bigint | boolean | undefined;

/** The sortable fields of a list, by the name they have in `sort`. */
export type SortFields<T> = Readonly<Record<string, (record: T) => SortKey>>;

interface SortTerm<T> {
  readonly read: (record: T) => SortKey;
  readonly direction: 1 | -1;
}

const DIRECTIONS = new Map<string, 1 | -1>([
  ['asc', 1],
  ['desc', -1],
]);

/**
 * Sorts by `FIELD:asc|FIELD:desc…`; text without regard to case, missing values last when ascending and first when
 * descending. Records that compare equal keep the order they came in, which is by id. Throws on an unknown field or direction.
 */
export function sortRecords<T>(records: readonly T[], text: string, fields: SortFields<T>): T[] {
  const terms = text.split('|').map((term) => parseTerm(term, fields));
  const rows = records.map((record) => ({ record, keys: terms.map((term) => toComparable(term.read(record))) }));
  rows.sort((a, b) => {
    for (const [index, { direction }] of terms.entries()) {
      const order = compareKeys(a.keys[index], b.keys[index]);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
  return rows.map((row) => row.record);
}

function parseTerm<T>(term: string, fields: SortFields<T>): SortTerm<T> {
  const [field = '', order = '', ...rest] = term.split(':');
  const read = Object.hasOwn(fields, field) ? fields[field] : undefined;
  const direction = DIRECTIONS.get(order);
  if (read === undefined || direction === undefined || rest.length > 0) {
    throw new ApiFailure('invalidPositiveNumber', {
      debugInfo: `Malformed sort term '${term}': expected FIELD:asc or FIELD:desc with FIELD one of ${Object.keys(fields).join(', ')}`,
    });
  }
  return { read, direction };
}

function toComparable(key: SortKey): SortKey {
  return typeof key === 'string' ? key.toLowerCase() : key;
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
