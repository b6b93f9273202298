import { request } from 'node:http';
import type { Stack } from '../support/start-stack.js';
import { useStack } from '../support/use-stack.js';

const QUERY = 'query Q($first: Int!) { customers(first: $first) { nodes { id companyName users { totalCount } } } }';
const RENAME = 'mutation { updateCustomer(input: { id: "1", companyName: "Renamed Ltd" }) { userErrors { code } } }';

const start = useStack({ customers: 20 });
const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A stack that has the query compiled and whose users take a while, so that another request can come in between. */
async function startSlow(env: Record<string, string> = {}): Promise<Stack> {
  const stack = await start(env);
  for (const first of [1, 2, 3]) await stack.execute(QUERY, { first });
  stack.sandbox.log.clear();
  stack.sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, latencyMs: 600 });
  return stack;
}

const operationsOf = ({ sandbox }: Stack): (string | null)[] => sandbox.log.all().map(({ operationId }) => operationId);

async function leaveAfter(milliseconds: number, url: string): Promise<void> {
  const leaving = request(`${url}/graphql`, {
    method: 'POST',
    // As fetch sends it: what is answered depends on it.
    headers: { accept: '*/*', 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
  });
  leaving.on('error', () => undefined);
  leaving.end(JSON.stringify({ query: QUERY, variables: { first: 1 } }));
  await later(milliseconds);
  leaving.destroy();
}

describe('equal queries of one caller that are under way', () => {
  it('are one operation, however late a request joins', async () => {
    const stack = await startSlow();
    const first = stack.execute(QUERY, { first: 1 });
    await later(250);
    const second = await stack.execute(QUERY, { first: 1 });
    expect([second.errors, second.data]).toEqual([undefined, (await first).data]);
    // By itself the second would have read the list once more.
    expect(operationsOf(stack)).toEqual(['requestCustomers', 'requestCustomerUsers']);
    await stack.execute(QUERY, { first: 1 });
    expect(operationsOf(stack)).toHaveLength(4);
  });

  it('are told apart by their variables and by the caller', async () => {
    const stack = await startSlow();
    const asked = [
      stack.execute(QUERY, { first: 1 }),
      stack.execute(QUERY, { first: 2 }),
      stack.execute(QUERY, { first: 1 }, { 'x-sds-service-token': 'sandbox-provider-two' }),
    ];
    const [one, two, other] = await Promise.all(asked);
    expect(one?.data).toMatchObject({ customers: { nodes: [expect.anything()] } });
    expect(two?.data).toMatchObject({ customers: { nodes: [expect.anything(), expect.anything()] } });
    expect(other?.data).not.toEqual(one?.data);
    expect(operationsOf(stack).filter((id) => id === 'requestCustomers')).toHaveLength(3);
  });

  it('go on for those who are left when the first client goes', async () => {
    const stack = await startSlow();
    const leaving = leaveAfter(250, stack.gateway.url);
    await later(150);
    const { data, errors } = await stack.execute(QUERY, { first: 1 });
    await leaving;
    expect([errors, data]).toEqual([undefined, { customers: { nodes: [expect.anything()] } }]);
    expect(operationsOf(stack)).toEqual(['requestCustomers', 'requestCustomerUsers']);
  });

  it('end with the last client', async () => {
    const stack = await startSlow({ UPSTREAM_MAX_CONNECTIONS: '1' });
    stack.sandbox.faults.clear();
    stack.sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, times: 1, action: { kind: 'hang' } });
    await Promise.all([leaveAfter(200, stack.gateway.url), leaveAfter(300, stack.gateway.url)]);
    // Where the read still held the only connection, this one would wait for four seconds.
    const startedAt = performance.now();
    expect((await stack.execute('{ customer(id: 2) { id } }')).errors).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('are not joined by one that comes after a write', async () => {
    const stack = await startSlow();
    const before = stack.execute(QUERY, { first: 1 });
    await later(150);
    expect((await stack.execute(RENAME)).errors).toBeUndefined();
    const after = await stack.execute(QUERY, { first: 1 });
    expect(JSON.stringify(after.data)).toContain('Renamed Ltd');
    expect(JSON.stringify((await before).data)).not.toContain('Renamed Ltd');
  });

  it('are not shared with one who asks what the answer cost', async () => {
    const stack = await startSlow();
    const explain = { 'x-sds-service-token': 'sandbox-provider-one', 'x-explain-upstream': '1' };
    const asked = [1, 2].map(() => stack.execute(QUERY, { first: 1 }, explain));
    for (const { extensions } of await Promise.all(asked)) {
      expect(extensions).toMatchObject({ upstream: { compiled: true, calls: [expect.anything(), expect.anything()] } });
    }
  });
});
