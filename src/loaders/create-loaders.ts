import { isIntact } from '../errors/contract-violation.js';
import type { OperationTrace } from '../telemetry/operation-trace.js';
import type { Decoded } from '../upstream/decode.js';
import { MAX_PAGE_SIZE, type ListQuery } from '../upstream/paging.js';
import type { Upstream, UserListQuery } from '../upstream/upstream.js';
import { CACHE_TAGS } from './cache-tags.js';
import type { CallerScope } from './caller-scope.js';
import { createCustomerById, type CustomerById } from './customer-by-id.js';
import { createCustomerByUuid, type CustomerByUuid } from './customer-by-uuid.js';
import { toCustomerRecord, type CustomerRecord } from './customer-record.js';
import { createKeyedLoader, type KeyedLoader, type ReadSources } from './keyed-loader.js';
import type { OperationBudget } from './operation-budget.js';
import type { Page } from './page.js';
import { toPage } from './to-page.js';
import type { UpstreamKnowledge } from './upstream-knowledge.js';
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
  eventTypes: KeyedLoader<'', Decoded<'EventTypeList'>>;
  version: KeyedLoader<'', Decoded<'SoftwareVersionData'>>;
  /** Forgets what a write to a customer may have changed, here and for every later operation of the caller. */
  customerWritten(id: string | undefined): Promise<void>;
  /** The same for a webhook. */
  webhookWritten(id: string | undefined): Promise<void>;
}

export interface LoaderDependencies extends ReadSources {
  scope: CallerScope;
  knowledge: UpstreamKnowledge;
  budget: OperationBudget;
  trace: OperationTrace;
  /** Upstream requests that can be under way at once. */
  concurrency: number;
}

export function createLoaders(dependencies: LoaderDependencies): Loaders {
  const { scope, knowledge, budget, trace, concurrency, cache } = dependencies;

  const customerById = createCustomerById(dependencies, (upstream, seen) => ({
    upstream,
    knowledge,
    budget,
    concurrency,
    total: () => scope.customerTotal,
    learnTotal: (total) => (scope.customerTotal = total),
    seen(records) {
      scope.uuids.learn(records);
      seen(records);
    },
    planned: ({ strategy, calls, reason }, keys) => trace.plans.push({ keys, strategy, calls: calls.length, reason }),
  }));
  const webhookById = createWebhookById(dependencies);

  async function readCustomerPage(upstream: Upstream, key: CustomerPageKey): Promise<Page<CustomerRecord>> {
    const page = toPage(await upstream.customers.list(key), key.offset, key.limit);
    const items = page.items.map((item) => (isIntact(item) ? toCustomerRecord(item, key.includeAttributes) : item));
    const records = items.filter(isIntact);
    scope.uuids.learn(records);
    if (key.filter === undefined && typeof page.total === 'number') scope.customerTotal = page.total;
    records.forEach((record) => customerById.prime(record));
    return { ...page, items };
  }

  const customerPage = createKeyedLoader<CustomerPageKey, Page<CustomerRecord>>(dependencies, {
    entity: 'customer',
    keyOf: (key) => `customers:${JSON.stringify(key)}`,
    tagsOf: () => [CACHE_TAGS.customerLists],
    read: readCustomerPage,
  });

  const customerByUuid = createCustomerByUuid(scope.uuids, customerById, (offset) =>
    readCustomerPage(dependencies.upstream, {
      offset,
      limit: MAX_PAGE_SIZE,
      sort: 'createdAt:asc',
      includeAttributes: false,
    }),
  );

  const webhookPage = createKeyedLoader<ListQuery, Page<WebhookRecord>>(dependencies, {
    entity: 'webhook',
    keyOf: (key) => `webhooks:${JSON.stringify(key)}`,
    tagsOf: () => [CACHE_TAGS.webhookLists],
    async read(upstream, query) {
      const page = toPage(await upstream.webhooks.list(query), query.offset, query.limit);
      page.items.filter(isIntact).forEach((webhook) => webhookById.prime(webhook));
      return page;
    },
  });

  const userPage = createKeyedLoader<UserPageKey, Page<Decoded<'UserItem'>>>(dependencies, {
    entity: 'user',
    keyOf: (key) => `users:${JSON.stringify(key)}`,
    tagsOf: ({ customerId }) => [CACHE_TAGS.usersOf(customerId)],
    read: async (upstream, { customerId, ...query }) =>
      toPage(await upstream.users.list(customerId, query), query.offset, query.limit),
  });

  return {
    customerById,
    customerByUuid,
    customerPage,
    userPage,
    webhookById,
    webhookPage,
    eventTypes: createKeyedLoader<'', Decoded<'EventTypeList'>>(dependencies, {
      entity: 'system',
      keyOf: () => 'eventTypes',
      tagsOf: () => [],
      read: (upstream) => upstream.webhooks.eventTypes(),
    }),
    version: createKeyedLoader<'', Decoded<'SoftwareVersionData'>>(dependencies, {
      entity: 'system',
      keyOf: () => 'version',
      tagsOf: () => [],
      read: (upstream) => upstream.system.version(),
    }),

    async customerWritten(id) {
      scope.coalescer.detach();
      customerPage.clearAll();
      userPage.clearAll();
      if (id !== undefined) customerById.clear(id);
      await cache.invalidate([
        CACHE_TAGS.customerLists,
        ...(id === undefined ? [] : [CACHE_TAGS.customer(id), CACHE_TAGS.usersOf(id)]),
      ]);
    },
    async webhookWritten(id) {
      scope.coalescer.detach();
      webhookPage.clearAll();
      if (id !== undefined) webhookById.clear(id);
      await cache.invalidate([CACHE_TAGS.webhookLists, ...(id === undefined ? [] : [CACHE_TAGS.webhook(id)])]);
    },
  };
}
