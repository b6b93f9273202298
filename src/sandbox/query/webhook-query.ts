import type { Webhook } from '../store/model.js';
import { compileFilter, parseFilter, type FilterFields } from './filter.js';
import { booleanField, dateField, integerField, wildcardTextField } from './filter-fields.js';
import { sortRecords, type SortFields } from './sort.js';

/** Filterable fields of requestListOfTenantWebhooks; `id` is documented to take many values, joined by OR. */
export const WEBHOOK_FILTER_FIELDS: FilterFields<Webhook> = {
  id: { ...integerField((webhook) => webhook.id, ['eq']), manyValues: 'or' },
  name: wildcardTextField((webhook) => webhook.name, ['cn', 'eq']),
  isEnabled: booleanField((webhook) => webhook.isEnabled),
  createdAt: dateField((webhook) => webhook.createdAt, ['ge', 'le']),
  updatedAt: dateField((webhook) => webhook.updatedAt, ['ge', 'le']),
  expiration: dateField((webhook) => webhook.expireAt, ['ge', 'le', 'eq']),
  lastFailStatus: integerField((webhook) => webhook.failStatus, ['eq']),
};

/** Sortable fields of requestListOfTenantWebhooks. */
export const WEBHOOK_SORT_FIELDS: SortFields<Webhook> = {
  id: (webhook) => webhook.id,
  name: (webhook) => webhook.name,
  isEnabled: (webhook) => webhook.isEnabled,
  createdAt: (webhook) => webhook.createdAt,
  updatedAt: (webhook) => webhook.updatedAt,
  expiration: (webhook) => webhook.expireAt,
};

/** The webhooks which a filter and a sort select, in order. */
export function queryWebhooks(
  webhooks: readonly Webhook[],
  filter: string | null,
  sort: string | null,
): readonly Webhook[] {
  const selected =
    filter === null ? webhooks : webhooks.filter(compileFilter(parseFilter(filter), WEBHOOK_FILTER_FIELDS));
  return sort === null ? selected : sortRecords(selected, sort, WEBHOOK_SORT_FIELDS);
}
