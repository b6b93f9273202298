import { badUserInput, GatewayError } from '../errors/gateway-error.js';
import { toGatewayError } from '../errors/to-gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { NOT_FOUND } from './absent.js';
import type { CustomerPageKey, Loaders } from './create-loaders.js';
import type { CustomerRecord } from './customer-record.js';
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

async function refuseWebhooks(): Promise<never> {
  throw new GatewayError('FORBIDDEN', 'Webhooks are not for callers who are limited to certain customers.');
}

/** @throws BAD_USER_INPUT: the upstream filters and sorts its whole list, which this caller must learn nothing of */
function refuseFilterAndSort({ filter, sort }: CustomerPageKey): void {
  const argument = filter !== undefined ? 'filter' : sort !== undefined ? 'orderBy' : undefined;
  if (argument === undefined) return;
  throw badUserInput(`${argument} is not for callers who are limited to certain customers; leave it out.`, argument);
}

/**
 * The loaders of a caller who is limited to the customers `allowed`. Whatever else the upstream knows does not exist for
 * this caller: no answer, and no upstream call, tells another customer from one that is not there. Each loader is named
 * here, so that a new one does not compile until it is decided what such a caller gets of it.
 */
export function restrictLoaders(inner: Loaders, allowed: ReadonlySet<string>): Loaders {
  const ids = [...allowed].sort(byId);

  async function allowedCustomers(attributes: boolean): Promise<CustomerRecord[]> {
    const customers = await Promise.all(ids.map((id) => inner.customerById.load({ id, attributes })));
    return customers.filter((customer) => customer !== null);
  }

  return {
    customerById: {
      load: async (key) => (allowed.has(key.id) ? inner.customerById.load(key) : null),
      prime: (customer) => inner.customerById.prime(customer),
      clear: (id) => inner.customerById.clear(id),
    },
    customerByUuid: {
      async load({ uuid, attributes }) {
        const wanted = uuid.toLowerCase();
        const customers = await allowedCustomers(attributes);
        const isWanted = ({ customerUuid: own }: CustomerRecord): boolean =>
          typeof own === 'string' && own.toLowerCase() === wanted;
        return customers.find(isWanted) ?? null;
      },
    },
    customerPage: {
      async load(key): Promise<Page<CustomerRecord>> {
        refuseFilterAndSort(key);
        const customers = await allowedCustomers(key.includeAttributes);
        const { offset, limit } = key;
        return { offset, items: customers.slice(offset, offset + limit), total: customers.length };
      },
      clearAll: () => inner.customerPage.clearAll(),
    },
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
    customerWritten: (id) => inner.customerWritten(id),
    webhookWritten: (id) => inner.webhookWritten(id),
  };
}
