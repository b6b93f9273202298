import { useHostileUpstream, type JsonRecord } from '../support/hostile-upstream.js';

const VIOLATION = 'UPSTREAM_CONTRACT_VIOLATION';
const upstream = useHostileUpstream({ isFresh: true });
const itemsOf = (list: JsonRecord): JsonRecord[] => list['items'] as JsonRecord[];

describe('an answer that no one asked for', () => {
  it('does not make webhooks vanish: the documented id filter answers strangers', async () => {
    upstream.answerEdited(
      (list) => ({
        ...list,
        items: itemsOf(list).map((item) => ({ ...item, id: 40 })),
      }),
      {
        operationId: 'requestListOfTenantWebhooks',
      },
    );
    const { data, errors } = await upstream.stack.execute('{ a: webhook(id: 5) { id } b: webhook(id: 6) { id } }');
    expect(data).toEqual({ a: null, b: null });
    expect(errors).toMatchObject([{ extensions: { code: VIOLATION } }, { extensions: { code: VIOLATION } }]);
  });

  it('is not given for the customer that was updated', async () => {
    upstream.answerEdited((customer) => ({ ...customer, id: 7, companyName: 'STRANGER' }), { method: 'PUT' });
    const update = 'updateCustomer(input: { id: 5, quotaMax: 2097152, customerContractType: PAY })';
    const { data } = await upstream.stack.execute(`mutation { ${update} { customer { id companyName } } }`);
    expect(JSON.stringify(data)).not.toContain('STRANGER');
  });

  it('is not given for the webhook that was updated', async () => {
    upstream.answerEdited((webhook) => ({ ...webhook, id: 7, name: 'STRANGER' }), { method: 'PUT' });
    const update = 'updateWebhook(input: { id: 5, name: "n" })';
    const { data } = await upstream.stack.execute(`mutation { ${update} { webhook { id name } } }`);
    expect(JSON.stringify(data)).not.toContain('STRANGER');
  });

  it('is not given for a customer by UUID: the customer found has another one', async () => {
    const { customer } = await upstream.stack.data<{ customer: { customerUuid: string } }, object>(
      '{ customer(id: 5) { customerUuid } }',
    );
    const stranger = '00000000-0000-4000-8000-000000000000';
    upstream.answerEdited((one) => ({ ...one, customerUuid: stranger }), {
      operationId: 'requestCustomer',
    });
    const { data } = await upstream.stack.execute(
      `{ customerByUuid(customerUuid: "${customer.customerUuid}") { id customerUuid } }`,
    );
    expect(JSON.stringify(data)).not.toContain(stranger);
  });
});

describe('an absurd total', () => {
  it.each([1_000_000_000, 100_000_000_000, 1_000_000_000_000_000])(
    'of %p customers leaves later reads of single customers at one request',
    async (total) => {
      upstream.answerEdited((list) => ({ ...list, range: { offset: 0, limit: 3, total } }), {
        operationId: 'requestCustomers',
      });
      await upstream.stack.execute('{ customers(first: 3) { nodes { id } } }');
      upstream.stack.sandbox.faults.clear();
      upstream.stack.sandbox.log.clear();
      const { data } = await upstream.stack.execute('{ customer(id: 5) { id } }');
      expect(data).toEqual({ customer: { id: '5' } });
      expect(upstream.stack.sandbox.log.all()).toHaveLength(1);
    },
  );

  it.each([
    { offset: 0, limit: 3, total: -3 },
    { offset: -1, limit: 3, total: 20 },
    { offset: 50, limit: 3, total: 20 },
    { offset: '0', limit: 3, total: 20 },
  ])('is a violation: %j', async (range) => {
    upstream.answerEdited((list) => ({ ...list, range }), {
      operationId: 'requestCustomers',
    });
    const { errors } = await upstream.stack.execute('{ customers(first: 3) { totalCount nodes { id } } }');
    expect(errors).toMatchObject([{ extensions: { code: VIOLATION } }]);
  });
});

describe('bytes that are no UTF-8', () => {
  it('are a violation rather than another text', async () => {
    const sound =
      '{"id":5,"customerUuid":"123e4567-e89b-12d3-a456-426614174000","companyName":"AC\xffE","customerContractType":"pay",' +
      '"lockStatus":false,"quotaMax":7,"quotaUsed":0,"userMax":1,"userUsed":1,"cntInternalUser":1,"cntGuestUser":0,' +
      '"createdAt":"2024-02-29T12:00:00Z"}';
    upstream.answerBody(Buffer.from(sound, 'latin1'));
    const { errors } = await upstream.stack.execute('{ customer(id: 5) { companyName } }');
    expect(errors).toMatchObject([{ extensions: { code: VIOLATION } }]);
  });
});
