import { request } from 'node:http';
import { useStack } from '../support/use-stack.js';

const ONE = '{ customer(id: 1) { id companyName } }';

const start = useStack({ customers: 20 });
const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a deadline', () => {
  it('ends an operation whatever it waits for', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '300', UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ action: { kind: 'hang' } });
    const startedAt = performance.now();
    // The second one waits for the first one's place.
    const answers = await Promise.all([execute(ONE), execute('{ customer(id: 2) { id } }')]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    for (const { errors } of answers) expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it('is the operation’s, not that of each call', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '500' });
    sandbox.faults.add({ latencyMs: 300 });
    const { errors, data } = await execute('{ customers(first: 1) { nodes { id users { totalCount } } } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_TIMEOUT' }, path: ['customers', 'nodes', 0, 'users'] },
    ]);
    expect(data).toMatchObject({ customers: { nodes: [{ users: null }] } });
  });
});

describe('an operation that was late already', () => {
  it('does not count against the upstream', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '700', UPSTREAM_TIMEOUT_MS: '700' });
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, latencyMs: 400 });
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, action: { kind: 'hang' } });
    // Each of the twenty has 300 ms left of the 700 that a request may take.
    const { errors } = await execute('{ customers(first: 20) { nodes { users { totalCount } } } }');
    expect(errors).toHaveLength(20);
    expect((await execute(ONE)).errors).toBeUndefined();
  });
});

describe('a client that goes away', () => {
  async function leaveAfter(milliseconds: number, url: string, query: string): Promise<void> {
    const leaving = request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
    });
    leaving.on('error', () => undefined);
    leaving.end(JSON.stringify({ query }));
    await later(milliseconds);
    leaving.destroy();
  }

  it('takes its reads along', async () => {
    const { sandbox, gateway, execute } = await start({ UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ times: 1, action: { kind: 'hang' } });
    await leaveAfter(150, gateway.url, ONE);
    // Where the read still held the only connection, this one would wait for four seconds.
    const startedAt = performance.now();
    expect((await execute('{ customer(id: 2) { id } }')).errors).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('leaves a read to others who wait for it', async () => {
    const { sandbox, gateway, execute } = await start();
    sandbox.faults.add({ latencyMs: 500 });
    const leaving = leaveAfter(150, gateway.url, ONE);
    await later(50);
    expect((await execute(ONE)).errors).toBeUndefined();
    await leaving;
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('does not take a write along', async () => {
    const { sandbox, gateway, execute } = await start();
    sandbox.faults.add({ match: { operationId: 'updateCustomer' }, latencyMs: 300 });
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, times: 1, latencyMs: 300 });
    await leaveAfter(
      100,
      gateway.url,
      'mutation { updateCustomer(input: { id: "1", companyName: "Renamed Ltd" }) { userErrors { code } } }',
    );
    await later(1_000);
    expect((await execute(ONE)).data).toMatchObject({ customer: { companyName: 'Renamed Ltd' } });
  });
});
