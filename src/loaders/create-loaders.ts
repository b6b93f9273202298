import { ContractViolation } from '../errors/contract-violation.js';
import type { Upstream, UserListQuery } from '../upstream/create-upstream.js';
import type { Decoded } from '../upstream/decode.js';
import type { ListQuery } from '../upstream/paging.js';
import { createCustomerById, type CustomerById } from './customer-by-id.js';
import { createCustomerByUuid, type CustomerByUuid } from './customer-by-uuid.js';
import { toCustomerRecord, type CustomerRecord } from './customer-record.js';
import { createKeyedLoader, type KeyedLoader } from './keyed-loader.js';
import type { Page } from './page.js';
import { createSingleLoader, type SingleLoader } from './single-loader.js';
import { toPage } from './to-page.js';
import { createWebhookById, type WebhookById, type WebhookRecord } from './webhook-by-id.js';

export type CustomerPageKey = ListQuery & { includeAttributes: boolean };
export type UserPageKey = UserListQuery & { customerId: string };

/** Every read of one operation. Made anew for each operation, so nothing outlives it or reaches another caller. */
export interface Loaders {
  customerById: CustomerById;
  customerByUuid: CustomerByUuid;
  customerPage: KeyedLoader<CustomerPageKey, Page<CustomerRecord>>;
  userPage: KeyedLoader<UserPageKey, Page<Decoded<'UserItem'>>>;
  webhookById: WebhookById;
  webhookPage: KeyedLoader<ListQuery, Page<WebhookRecord>>;
  eventTypes: SingleLoader<Decoded<'EventTypeList'>>;
  version: SingleLoader<Decoded<'SoftwareVersionData'>>;
}

const isIntact = <T>(item: T | ContractViolation): item is T => !(item instanceof ContractViolation);

export function createLoaders(upstream: Upstream): Loaders {
  const customerById = createCustomerById(upstream);
  const webhookById = createWebhookById(upstream);

  const customerPage = createKeyedLoader<CustomerPageKey, Page<CustomerRecord>>(async (key) => {
    const page = toPage(await upstream.customers.list(key), key.offset, key.limit);
    const items = page.items.map((item) => (isIntact(item) ? toCustomerRecord(item, key.includeAttributes) : item));
    items.filter(isIntact).forEach((customer) => customerById.prime(customer));
    return { ...page, items };
  }, JSON.stringify);

  return {
    customerById,
    customerByUuid: createCustomerByUuid(customerById, customerPage),
    customerPage,
    userPage: createKeyedLoader<UserPageKey, Page<Decoded<'UserItem'>>>(
      async ({ customerId, ...query }) =>
        toPage(await upstream.users.list(customerId, query), query.offset, query.limit),
      JSON.stringify,
    ),
    webhookById,
    webhookPage: createKeyedLoader<ListQuery, Page<WebhookRecord>>(async (query) => {
      const page = toPage(await upstream.webhooks.list(query), query.offset, query.limit);
      page.items.filter(isIntact).forEach((webhook) => webhookById.prime(webhook));
      return page;
    }, JSON.stringify),
    eventTypes: createSingleLoader(() => upstream.webhooks.eventTypes()),
    version: createSingleLoader(() => upstream.system.version()),
  };
}
