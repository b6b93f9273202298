import type { KeyValue } from '../store/model.js';
import { compileFilter, parseFilter, type FilterFields } from './filter.js';
import { textField } from './filter-fields.js';
import { sortRecords, type SortFields } from './sort.js';

/** Filterable fields of requestCustomerAttributes; this is the one list documented to ignore case. */
export const ATTRIBUTE_FILTER_FIELDS: FilterFields<KeyValue> = {
  key: textField((attribute) => attribute.key, ['cn', 'eq', 'sw'], 'by-all'),
  value: textField((attribute) => attribute.value, ['cn', 'eq', 'sw'], 'by-all'),
};

/** Sortable fields of requestCustomerAttributes. */
export const ATTRIBUTE_SORT_FIELDS: SortFields<KeyValue> = {
  key: (attribute) => attribute.key,
  value: (attribute) => attribute.value,
};

/** The attributes which a filter and a sort select, in order. */
export function queryAttributes(
  attributes: readonly KeyValue[],
  filter: string | null,
  sort: string | null,
): readonly KeyValue[] {
  const selected =
    filter === null ? attributes : attributes.filter(compileFilter(parseFilter(filter), ATTRIBUTE_FILTER_FIELDS));
  return sort === null ? selected : sortRecords(selected, sort, ATTRIBUTE_SORT_FIELDS);
}
