import { gzipSync } from 'node:zlib';
import type { FaultAction } from '../../src/sandbox/faults.js';
import { startStack, type Stack } from '../support/start-stack.js';

const NEW_CUSTOMER =
  'customerContractType: FREE, quotaMax: "1048576", userMax: 5, firstAdminUser: { firstName: "A", lastName: "B", email: "a@example.com" }';
const NEW_WEBHOOK = 'name: "Made", url: "https://x.example", eventTypeNames: ["customer.created"]';

const CREATIONS = [
  ['createCustomer', `mutation { createCustomer(input: { ${NEW_CUSTOMER} }) { userErrors { code } } }`],
  ['createTenantWebhook', `mutation { createWebhook(input: { ${NEW_WEBHOOK} }) { userErrors { code } } }`],
] as const;

/** Writes whose answer has to hold a record. */
const ANSWERED = [
  ...CREATIONS,
  [
    'updateCustomer',
    'mutation { updateCustomer(input: { id: 5, customerContractType: PAY, userMax: 7 }) { userErrors { code } } }',
  ],
  ['updateTenantWebhook', 'mutation { updateWebhook(input: { id: 1, name: "Changed" }) { userErrors { code } } }'],
  ['resetTenantWebhookLifetime', 'mutation { resetWebhookLifetime(input: { id: 1 }) { userErrors { code } } }'],
] as const;

/** Writes that succeed with any JSON, or without a body. */
const UNANSWERED = [
  [
    'updateCustomerAttributes',
    'mutation { updateCustomerAttributes(input: { customerId: 5, attributes: [{ key: "k", value: "v" }] }) { userErrors { code } } }',
  ],
  [
    'setCustomerAttributes',
    'mutation { setCustomerAttributes(input: { customerId: 5, attributes: [{ key: "k", value: "v" }] }) { userErrors { code } } }',
  ],
  [
    'removeCustomerAttribute',
    'mutation { removeCustomerAttribute(input: { customerId: 5, key: "k" }) { userErrors { code } } }',
  ],
  ['removeCustomer', 'mutation { deleteCustomer(input: { id: 5 }) { userErrors { code } } }'],
  ['removeTenantWebhook', 'mutation { deleteWebhook(input: { id: 1 }) { userErrors { code } } }'],
] as const;

const MAX_BYTES = 65_536;
const GZIP = { 'content-encoding': 'gzip' };
const respond = (body: string | Buffer, headers = {}, status = 200): FaultAction => ({
  kind: 'respond',
  status,
  headers,
  body,
});

const NO_RECORD: readonly [string, FaultAction][] = [
  ['nothing', respond('')],
  ['204', respond('', {}, 204)],
  ['an empty gzip', respond('', GZIP)],
  ['null', respond('null')],
  ['a list', respond('[]')],
  ['a JSON string', respond('"done"')],
  ['a number', respond('7')],
];

const NO_JSON: readonly [string, FaultAction][] = [
  ['text', respond('done')],
  ['HTML', respond('<html></html>', { 'content-type': 'text/html' })],
  ['half of a record', respond('{"id": 1, "na')],
  ['a cut gzip', respond(gzipSync('{"id": 1}').subarray(0, 20), GZIP)],
  ['text that is said to be a gzip', respond('{"id": 1}', GZIP)],
  ['a gzip of too much', respond(gzipSync(`"${'x'.repeat(2 * MAX_BYTES)}"`), GZIP)],
  ['too much', respond(`"${'x'.repeat(2 * MAX_BYTES)}"`)],
  ['an unknown encoding', respond('{}', { 'content-encoding': 'zstd' })],
  ['two encodings', respond('{}', { 'content-encoding': 'gzip, br' })],
];

const without = (...names: string[]): FaultAction => ({
  kind: 'transform',
  transform: (json) => Object.fromEntries(Object.entries(json as object).filter(([name]) => !names.includes(name))),
});
const withId = (id: unknown): FaultAction => ({
  kind: 'transform',
  transform: (json) => ({ ...(json as object), id }),
});

describe('a write that fails after a 2xx answer says that its outcome is unknown, and is sent once', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      sandbox: { customers: 20 },
      env: { UPSTREAM_MAX_RESPONSE_BYTES: String(MAX_BYTES) },
    });
  });
  afterAll(() => stack.close());
  beforeEach(() => {
    stack.sandbox.faults.clear();
    stack.sandbox.log.clear();
  });

  async function expectUnknown(operationId: string, mutation: string, action: FaultAction): Promise<void> {
    stack.sandbox.faults.add({ match: { operationId }, action });
    for (let time = 1; time <= 4; time += 1) {
      const { data, errors } = await stack.execute(mutation);
      expect([Object.values(data ?? {}), errors]).toMatchObject([
        [null],
        [
          {
            message: expect.stringContaining('not known whether the change was made') as string,
            extensions: { code: 'UPSTREAM_CONTRACT_VIOLATION', outcomeUnknown: true },
          },
        ],
      ]);
      expect(stack.sandbox.log.of(operationId)).toHaveLength(time);
    }
  }

  describe.each([...ANSWERED, ...UNANSWERED])('%s', (operationId, mutation) => {
    it.each(NO_JSON)('answered by %s', (_, action) => expectUnknown(operationId, mutation, action));
  });

  describe.each(ANSWERED)('%s', (operationId, mutation) => {
    it.each(NO_RECORD)('answered by %s', (_, action) => expectUnknown(operationId, mutation, action));
  });

  describe.each(UNANSWERED)('%s', (operationId, mutation) => {
    it.each(NO_RECORD)('succeeds if it is answered by %s', async (_, action) => {
      stack.sandbox.faults.add({ match: { operationId }, action });
      expect((await stack.execute(mutation)).errors).toBeUndefined();
    });
  });

  it('if a new customer has neither an id nor a UUID', async () => {
    const [operationId, mutation] = CREATIONS[0];
    await expectUnknown(operationId, mutation, without('id', 'customerUuid'));
  });

  it.each([
    ['no id', without('id')],
    ['null for its id', withId(null)],
    ['a text for its id', withId('one')],
  ])('if a new webhook has %s', async (_, action) => {
    const [operationId, mutation] = CREATIONS[1];
    await expectUnknown(operationId, mutation, action);
  });

  it('if a changed webhook is another one', async () => {
    const { createWebhook } = await stack.data<{ createWebhook: { webhook: { id: string } } }, never>(
      `mutation { createWebhook(input: { ${NEW_WEBHOOK} }) { webhook { id } } }`,
    );
    const { id } = createWebhook.webhook;
    const update = `mutation { updateWebhook(input: { id: ${id}, name: "Changed" }) { userErrors { code } } }`;
    await expectUnknown('updateTenantWebhook', update, withId(4711));
    const renew = `mutation { resetWebhookLifetime(input: { id: ${id} }) { userErrors { code } } }`;
    await expectUnknown('resetTenantWebhookLifetime', renew, withId(4711));
  });

  it('finds a new customer by its UUID if it has no id', async () => {
    stack.sandbox.faults.add({ match: { operationId: 'createCustomer' }, action: without('id') });
    const { data, errors } = await stack.execute<{ createCustomer: { customer: { id: string } } }, never>(
      `mutation { createCustomer(input: { companyName: "By UUID", ${NEW_CUSTOMER} }) { customer { id companyName } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.createCustomer.customer).toEqual({ id: expect.any(String) as string, companyName: 'By UUID' });
  });
});
