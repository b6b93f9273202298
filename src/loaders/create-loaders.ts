import { isIntact } from '../errors/contract-violation.js';
import type { OperationTrace } from '../telemetry/operation-trace.js';
import type { Decoded } from '../records/decode.js';
import type { ListQuery } from '../upstream/target.js';
import type { Upstream, UserListQuery } from '../upstream/upstream.js';
import { CACHE_TAGS } from './cache-tags.js';
import type { CallerScope } from './caller-scope.js';
import type { BatchResult, UpstreamKnowledge } from './batch/fetch-customers.js';
import { runBatch } from './batch/run-batch.js';
import { createCustomerById, type CustomerById } from './customer-by-id.js';
import { createCustomerByUuid, type CustomerByUuid } from './customer-by-uuid.js';
import type { CustomerRecord } from './outcomes.js';
import { createCustomersByProviderId, type CustomersByProviderId } from './customers-by-provider-id.js';
import { createKeyedLoader, type KeyedLoader, type ReadSources } from './keyed-loader.js';
import type { OperationBudget } from './operation-budget.js';
import { type Page, readPage } from './page.js';
import type { DayOffset } from './upstream-traits.js';
import { createWebhookById, type WebhookById, type WebhookRecord } from './webhook-by-id.js';

export type CustomerPageKey = ListQuery & { includeAttributes: boolean };
export type UserPageKey = UserListQuery & { customerId: string };

/** The order of customers if no other is asked for. Nothing that is changed later moves a customer in it. */
export const ORDER_OF_CREATION = 'createdAt:asc';

const flag = (isSet: boolean): number => (isSet ? 1 : 0);

/** Put together by hand, as there are many of them in one operation; of the parts only the last may hold a colon. */
function toUsersKey(key: UserPageKey): string {
  const flags = `${flag(key.includeAttributes)}${flag(key.includeRoles)}${flag(key.includeManageableRooms)}`;
  const { filter, sort, day } = key;
  const rest = filter === undefined && sort === undefined ? '' : JSON.stringify([filter, sort, day]);
  return `users:${key.customerId}:${key.offset}:${key.limit}:${flags}:${rest}`;
}

/** Every read of one operation. Made anew for each operation, so nothing outlives it or reaches another caller. */
export interface Loaders {
  customerById: CustomerById;
  customerByUuid: CustomerByUuid;
  customersByProviderId: CustomersByProviderId;
  customerPage: KeyedLoader<CustomerPageKey, Page<CustomerRecord>>;
  userPage: KeyedLoader<UserPageKey, Page<Decoded<'UserItem'>>>;
  webhookById: WebhookById;
  webhookPage: KeyedLoader<ListQuery, Page<WebhookRecord>>;
  eventTypes: KeyedLoader<'', Decoded<'EventTypeList'>>;
  version: KeyedLoader<'', Decoded<'SoftwareVersionData'>>;
  readonly dayOffset: DayOffset;
  /** Customers as they are now, read by `upstream` past every cache, together in few requests. */
  readCustomers(upstream: Upstream, ids: readonly string[]): Promise<ReadonlyMap<string, BatchResult>>;
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
  return new OperationLoaders(dependencies);
}

/** Each loader is made when it is first asked for: most operations use one or two. */
class OperationLoaders implements Loaders {
  private byId: CustomerById | undefined;
  private byUuid: CustomerByUuid | undefined;
  private byProviderId: CustomersByProviderId | undefined;
  private customers: Loaders['customerPage'] | undefined;
  private users: Loaders['userPage'] | undefined;
  private webhook: WebhookById | undefined;
  private webhooks: Loaders['webhookPage'] | undefined;
  private types: Loaders['eventTypes'] | undefined;
  private software: Loaders['version'] | undefined;

  constructor(private readonly dependencies: LoaderDependencies) {}

  get dayOffset(): DayOffset {
    return this.dependencies.knowledge.dayOffset;
  }

  get customerById(): CustomerById {
    return (this.byId ??= createCustomerById(this.dependencies));
  }

  get customerByUuid(): CustomerByUuid {
    return (this.byUuid ??= createCustomerByUuid(this.dependencies.scope.uuids, this.customerById, (offset) =>
      this.readCustomerPage(this.dependencies.upstream, {
        offset,
        limit: this.dependencies.knowledge.pageSize,
        includeAttributes: false,
      }),
    ));
  }

  get customersByProviderId(): CustomersByProviderId {
    const { budget, scope, trace, knowledge } = this.dependencies;
    return (this.byProviderId ??= createCustomersByProviderId({
      readPage: (key) => this.customerPage.load(key),
      pageSize: knowledge.pageSize,
      budget,
      total: () => scope.customerTotal,
      trace,
    }));
  }

  get customerPage(): Loaders['customerPage'] {
    return (this.customers ??= createKeyedLoader<CustomerPageKey, Page<CustomerRecord>>(this.dependencies, {
      entity: 'customer',
      keyOf: (key) => `customers:${JSON.stringify(key)}`,
      tagsOf: () => [CACHE_TAGS.customerLists],
      read: (upstream, key) => this.readCustomerPage(upstream, key),
    }));
  }

  get userPage(): Loaders['userPage'] {
    return (this.users ??= createKeyedLoader<UserPageKey, Page<Decoded<'UserItem'>>>(this.dependencies, {
      entity: 'user',
      keyOf: toUsersKey,
      tagsOf: ({ customerId }) => [CACHE_TAGS.usersOf(customerId)],
      read: (upstream, key) => readPage(key, (asked) => upstream.users.list(key.customerId, asked)),
    }));
  }

  get webhookById(): WebhookById {
    return (this.webhook ??= createWebhookById(this.dependencies));
  }

  get webhookPage(): Loaders['webhookPage'] {
    return (this.webhooks ??= createKeyedLoader<ListQuery, Page<WebhookRecord>>(this.dependencies, {
      entity: 'webhook',
      keyOf: (key) => `webhooks:${JSON.stringify(key)}`,
      tagsOf: () => [CACHE_TAGS.webhookLists],
      read: async (upstream, query) => {
        const page = await readPage(query, (asked) => upstream.webhooks.list(asked));
        page.items.filter(isIntact).forEach((webhook) => this.webhookById.prime(webhook));
        return page;
      },
    }));
  }

  get eventTypes(): Loaders['eventTypes'] {
    return (this.types ??= createKeyedLoader<'', Decoded<'EventTypeList'>>(this.dependencies, {
      entity: 'system',
      keyOf: () => 'eventTypes',
      tagsOf: () => [],
      read: (upstream) => upstream.webhooks.eventTypes(),
    }));
  }

  get version(): Loaders['version'] {
    return (this.software ??= createKeyedLoader<'', Decoded<'SoftwareVersionData'>>(this.dependencies, {
      entity: 'system',
      keyOf: () => 'version',
      tagsOf: () => [],
      read: (upstream) => upstream.system.version(),
    }));
  }

  readCustomers(upstream: Upstream, ids: readonly string[]): Promise<ReadonlyMap<string, BatchResult>> {
    const needs = ids.map((id) => ({ id, attributes: false }));
    return runBatch(needs, { ...this.dependencies, upstream, collapser: undefined, seen: undefined });
  }

  async customerWritten(id: string | undefined): Promise<void> {
    const { scope, cache } = this.dependencies;
    scope.coalescer.detach();
    this.customers?.clearAll();
    this.users?.clearAll();
    if (id !== undefined) this.byId?.clear(id);
    await cache.invalidate([
      CACHE_TAGS.customerLists,
      ...(id === undefined ? [] : [CACHE_TAGS.customer(id), CACHE_TAGS.usersOf(id)]),
    ]);
  }

  async webhookWritten(id: string | undefined): Promise<void> {
    const { scope, cache } = this.dependencies;
    scope.coalescer.detach();
    this.webhooks?.clearAll();
    if (id !== undefined) this.webhook?.clear(id);
    await cache.invalidate([CACHE_TAGS.webhookLists, ...(id === undefined ? [] : [CACHE_TAGS.webhook(id)])]);
  }

  private async readCustomerPage(upstream: Upstream, key: CustomerPageKey): Promise<Page<CustomerRecord>> {
    const { scope } = this.dependencies;
    const query = { ...key, sort: key.sort ?? ORDER_OF_CREATION };
    const page = await readPage<CustomerPageKey, CustomerRecord>(query, (asked) => upstream.customers.list(asked));
    const records = page.items.filter(isIntact);
    scope.uuids.learn(records);
    if (key.filter === undefined && key.day === undefined && typeof page.total === 'number')
      scope.customerTotal = page.total;
    records.forEach((record) => this.customerById.prime(record));
    return page;
  }
}
