import { startStack, type Stack } from '../support/start-stack.js';

const CUSTOMER = 'query One($id: ID!) { customer(id: $id) { companyName customerAttributes { items { key value } } } }';
const CUSTOMERS = 'query All { customers(first: 100) { totalCount nodes { id companyName } } }';
const USERS = 'query Users($id: ID!) { customer(id: $id) { users(first: 3) { totalCount } } }';
const WEBHOOK = 'query Hook($id: ID!) { webhook(id: $id) { name expireAt } }';
const WEBHOOKS = 'query Hooks { webhooks { totalCount nodes { id name expireAt } } }';
const OF_CUSTOMER = [CUSTOMER, CUSTOMERS, USERS];
const OF_WEBHOOK = [WEBHOOK, WEBHOOKS];

const NEW_CUSTOMER =
  'customerContractType: FREE, quotaMax: "1048576", userMax: 5, firstAdminUser: { firstName: "A", lastName: "B", email: "a@example.com" }';
const NEW_WEBHOOK = 'name: "Made", url: "https://x.example", eventTypeNames: ["customer.created"]';

interface Write {
  operationId: string;
  mutation: string;
  /** What is read and kept before the write, and has to be read anew after it. */
  reads: readonly string[];
  /** One for each sending, if others than usual. */
  ids?: readonly string[];
}

const WRITES: readonly Write[] = [
  {
    operationId: 'createCustomer',
    mutation: `mutation Create { createCustomer(input: { ${NEW_CUSTOMER} }) { userErrors { code } } }`,
    reads: [CUSTOMERS],
  },
  {
    operationId: 'updateCustomer',
    mutation:
      'mutation Update($id: ID!) { updateCustomer(input: { id: $id, companyName: "Changed" }) { userErrors { code } } }',
    reads: OF_CUSTOMER,
  },
  {
    operationId: 'updateCustomerAttributes',
    mutation:
      'mutation Merge($id: ID!) { updateCustomerAttributes(input: { customerId: $id, attributes: [{ key: "k", value: "merged" }] }) { userErrors { code } } }',
    reads: OF_CUSTOMER,
  },
  {
    operationId: 'setCustomerAttributes',
    mutation:
      'mutation Replace($id: ID!) { setCustomerAttributes(input: { customerId: $id, attributes: [{ key: "k", value: "replaced" }] }) { userErrors { code } } }',
    reads: OF_CUSTOMER,
  },
  {
    operationId: 'removeCustomerAttribute',
    mutation:
      'mutation Remove($id: ID!) { removeCustomerAttribute(input: { customerId: $id, key: "k" }) { userErrors { code } } }',
    reads: OF_CUSTOMER,
  },
  {
    operationId: 'removeCustomer',
    mutation: 'mutation Delete($id: ID!) { deleteCustomer(input: { id: $id }) { userErrors { code } } }',
    reads: [CUSTOMER, CUSTOMERS],
    ids: ['13', '14', '15', '16'],
  },
  {
    operationId: 'createCustomer',
    mutation: `mutation CreateMany { createCustomers(input: { customers: [{ ${NEW_CUSTOMER} }] }) { results { status error { code } } } }`,
    reads: [CUSTOMERS],
  },
  {
    operationId: 'updateCustomer',
    mutation:
      'mutation UpdateMany($id: ID!) { updateCustomers(input: { customers: [{ id: $id, companyName: "Changed" }] }) { results { status error { code } } } }',
    reads: OF_CUSTOMER,
  },
  {
    operationId: 'updateCustomerAttributes',
    mutation:
      'mutation MergeMany($id: ID!) { updateCustomersAttributes(input: { customers: [{ customerId: $id, attributes: [{ key: "k", value: "many" }] }] }) { results { status error { code } } } }',
    reads: OF_CUSTOMER,
  },
  {
    operationId: 'removeCustomer',
    mutation:
      'mutation DeleteMany($id: ID!) { deleteCustomers(input: { ids: [$id] }) { results { status error { code } } } }',
    reads: [CUSTOMER, CUSTOMERS],
    ids: ['9', '10', '11', '12'],
  },
  {
    operationId: 'createTenantWebhook',
    mutation: `mutation CreateHook { createWebhook(input: { ${NEW_WEBHOOK} }) { userErrors { code } } }`,
    reads: [WEBHOOKS],
  },
  {
    operationId: 'updateTenantWebhook',
    mutation:
      'mutation UpdateHook($id: ID!) { updateWebhook(input: { id: $id, name: "Changed" }) { userErrors { code } } }',
    reads: OF_WEBHOOK,
  },
  {
    operationId: 'resetTenantWebhookLifetime',
    mutation: 'mutation Renew($id: ID!) { resetWebhookLifetime(input: { id: $id }) { userErrors { code } } }',
    reads: OF_WEBHOOK,
  },
  {
    operationId: 'removeTenantWebhook',
    mutation: 'mutation DeleteHook($id: ID!) { deleteWebhook(input: { id: $id }) { userErrors { code } } }',
    reads: OF_WEBHOOK,
  },
];

/** Performs the operation and answers 500 in place of what it has to say. */
const FAILS_AFTERWARDS = {
  kind: 'transform',
  transform: () => {
    throw new Error('failed after the write');
  },
} as const;

describe('a write that takes effect and is answered by an error', () => {
  let stack: Stack;
  /** A gateway without a cache in front of the same upstream. */
  let uncached: Stack;
  let webhookIds: string[];
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 20, webhookLimit: 100 }, env: { CACHE_TTL_SECONDS: '600' } });
    uncached = await startStack({ sandbox: { customers: 0 }, env: { UPSTREAM_URL: stack.sandbox.url } });
    const create = `mutation { createWebhook(input: { ${NEW_WEBHOOK} }) { webhook { id } } }`;
    webhookIds = [];
    for (let count = 0; count < 4; count += 1) {
      const { createWebhook } = await stack.data<{ createWebhook: { webhook: { id: string } } }, never>(create);
      webhookIds.push(createWebhook.webhook.id);
    }
  });
  afterAll(async () => {
    await uncached.close();
    await stack.close();
  });

  const read = async (query: string, id: string, from = stack): Promise<unknown> =>
    (await from.execute(query, { id })).data;

  it.each(WRITES)(
    'drops what is cached, on each of four sendings: $operationId',
    async ({ operationId, mutation, reads, ids = reads.includes(WEBHOOKS) ? webhookIds : ['5', '6', '7', '8'] }) => {
      for (const id of ids) {
        for (const query of reads) await read(query, id);
        stack.sandbox.log.clear();
        for (const query of reads) await read(query, id);
        expect(stack.sandbox.log.all()).toEqual([]);

        const fault = stack.sandbox.faults.add({ match: { operationId }, action: FAILS_AFTERWARDS });
        const { data, errors } = await stack.execute<Record<string, { results: object[] } | null>, object>(mutation, {
          id,
        });
        fault.remove();
        const [payload] = Object.values(data ?? {});
        if (payload) {
          expect(payload.results).toEqual([{ status: 'OUTCOME_UNKNOWN', error: { code: 'UPSTREAM_ERROR' } }]);
        } else expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR', outcomeUnknown: true } }]);
        expect(stack.sandbox.log.of(operationId)).toHaveLength(1);

        for (const query of reads) {
          stack.sandbox.log.clear();
          const after = await read(query, id);
          expect([query, stack.sandbox.log.all().length]).not.toEqual([query, 0]);
          expect(after).toEqual(await read(query, id, uncached));
        }
      }
    },
  );

  it('does so for each mutation of the schema', async () => {
    const { __schema } = await stack.data<{ __schema: { mutationType: { fields: { name: string }[] } } }, never>(
      '{ __schema { mutationType { fields(includeDeprecated: true) { name } } } }',
    );
    const covered = WRITES.map(({ mutation }) => /\{ (\w+)\(/.exec(mutation)?.[1]);
    expect(covered.sort()).toEqual(__schema.mutationType.fields.map(({ name }) => name).sort());
  });
});
