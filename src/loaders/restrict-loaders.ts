import { isIntact } from '../errors/contract-violation.js';
import { badUserInput, GatewayError } from '../errors/gateway-error.js';
import { toGatewayError } from '../errors/to-gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { type CustomerRecord, NOT_FOUND, resultOf } from './outcomes.js';
import type { CustomerPageKey, Loaders } from './create-loaders.js';
import type { Page } from './page.js';

/** Ids as numbers go, without making any of them a number. */
const byId = (one: string, other: string): number => one.length - other.length || (one < other ? -1 : 1);

/** What the upstream's answer for users of a customer that does not exist becomes. */
const noSuchCustomer = (): GatewayError =>
  toGatewayError(
    new UpstreamFailure({
      operationId: 'requestCustomerUsers',
      kind: 'status',
      status: 404,
      errorCode: NOT_FOUND.customer,
    }),
  );

/** As the upstream writes it, in UTC; empty if it cannot be read. */
const createdAt = (customer: CustomerRecord | Error): string =>
  customer instanceof Error || typeof customer.createdAt !== 'string' ? '' : customer.createdAt;
/** Customers that cannot be read come last. */
const instantOf = (customer: CustomerRecord | Error): number => Date.parse(createdAt(customer)) || Infinity;
const byCreation = (one: CustomerRecord | Error, other: CustomerRecord | Error): number =>
  instantOf(one) - instantOf(other) || 0;

async function refuseWebhooks(): Promise<never> {
  throw new GatewayError('FORBIDDEN', 'Callers limited to certain customers have no access to webhooks.');
}

/** @throws BAD_USER_INPUT: the upstream filters and sorts its whole list, which this caller must learn nothing of */
function refuseFilterAndSort({ filter, sort }: CustomerPageKey): void {
  const argument = filter !== undefined ? 'filter' : sort !== undefined ? 'orderBy' : undefined;
  if (argument === undefined) return;
  throw badUserInput(`Callers limited to certain customers must omit ${argument}.`, argument);
}

/** The customers that a caller is limited to, each read by its id. */
class AllowedCustomers {
  private readonly ids: readonly string[];

  constructor(
    private readonly inner: Pick<Loaders, 'customerById'>,
    allowed: ReadonlySet<string>,
  ) {
    this.ids = [...allowed].sort(byId);
  }

  async withUuid(uuid: string, attributes: boolean): Promise<CustomerRecord | null> {
    const wanted = uuid.toLowerCase();
    const customers = await this.all(attributes);
    const isWanted = ({ customerUuid: own }: CustomerRecord): boolean =>
      typeof own === 'string' && own.toLowerCase() === wanted;
    const found = customers.filter(isIntact).find(isWanted);
    const failure = customers.find((customer) => customer instanceof Error);
    if (!found && failure) throw failure;
    return found ?? null;
  }

  async withProviderId(providerCustomerId: string, attributes: boolean): Promise<CustomerRecord[]> {
    const customers = await this.all(attributes);
    const failure = customers.find((customer) => customer instanceof Error);
    if (failure) throw failure;
    return customers.filter(isIntact).filter((customer) => customer.providerCustomerId === providerCustomerId);
  }

  async page(key: CustomerPageKey): Promise<Page<CustomerRecord>> {
    refuseFilterAndSort(key);
    const { offset, limit, day = '' } = key;
    const customers = (await this.all(key.includeAttributes)).filter((one) => createdAt(one) >= day);
    return { offset, items: customers.slice(offset, offset + limit), total: customers.length };
  }

  /** Those that exist, or the errors of their reads. @throws the first of these if no read succeeds */
  private async all(attributes: boolean): Promise<(CustomerRecord | Error)[]> {
    const { customerById } = this.inner;
    const results = await Promise.all(this.ids.map((id) => resultOf(() => customerById.load({ id, attributes }))));
    const [first] = results;
    if (first instanceof Error && !results.some(isIntact)) throw first;
    return results.filter((result) => result !== null).sort(byCreation);
  }
}

/**
 * The loaders of a caller who is limited to the customers `allowed`. Whatever else the upstream knows does not exist for
 * this caller: no answer, and no upstream call, tells another customer from one that is not there. Each loader is named
 * here, so that a new one does not compile until it is decided what such a caller gets of it.
 */
export function restrictLoaders(inner: Loaders, allowed: ReadonlySet<string>): Loaders {
  const customers = new AllowedCustomers(inner, allowed);
  return {
    customerById: {
      load: async (key) => (allowed.has(key.id) ? inner.customerById.load(key) : null),
      prime: (customer) => inner.customerById.prime(customer),
      clear: (id) => inner.customerById.clear(id),
    },
    customerByUuid: { load: ({ uuid, attributes }) => customers.withUuid(uuid, attributes) },
    customersByProviderId: {
      load: ({ providerCustomerId, attributes }) => customers.withProviderId(providerCustomerId, attributes),
    },
    customerPage: { load: (key) => customers.page(key), clearAll: () => inner.customerPage.clearAll() },
    userPage: {
      async load(key) {
        if (!allowed.has(key.customerId)) throw noSuchCustomer();
        return inner.userPage.load(key);
      },
      clearAll: () => inner.userPage.clearAll(),
    },
    webhookById: {
      load: refuseWebhooks,
      prime: (webhook) => inner.webhookById.prime(webhook),
      clear: (id) => inner.webhookById.clear(id),
    },
    webhookPage: { load: refuseWebhooks, clearAll: () => inner.webhookPage.clearAll() },
    eventTypes: { load: refuseWebhooks, clearAll: () => inner.eventTypes.clearAll() },
    version: inner.version,
    dayOffset: inner.dayOffset,
    readCustomers(upstream, asked) {
      const known = asked.filter((id) => allowed.has(id));
      return inner.readCustomers(upstream, known);
    },
    customerWritten: (id) => inner.customerWritten(id),
    webhookWritten: (id) => inner.webhookWritten(id),
  };
}
