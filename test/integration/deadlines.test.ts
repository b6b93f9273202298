import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { leaveWhen } from '../support/leaving-client.js';
import { useStack } from '../support/use-stack.js';

const ONE = '{ customer(id: 1) { id companyName } }';
/** Longer than a test may take. */
const FOREVER = { UPSTREAM_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' };

const start = useStack({ customers: 20 });

describe('a deadline', () => {
  it('ends an operation whatever it waits for', async () => {
    const { sandbox, execute } = await start({ ...FOREVER, REQUEST_TIMEOUT_MS: '300', UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ action: { kind: 'hang' } });
    // The second one waits for the first one's place.
    const answers = await Promise.all([execute(ONE), execute('{ customer(id: 2) { id } }')]);
    for (const { errors } of answers) expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it('is the operation’s, not that of each call', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '2500' });
    sandbox.faults.add({ latencyMs: 1_500 });
    const { errors, data } = await execute('{ customers(first: 1) { nodes { id users { totalCount } } } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_TIMEOUT' }, path: ['customers', 'nodes', 0, 'users'] },
    ]);
    expect(data).toMatchObject({ customers: { nodes: [{ users: null }] } });
  });
});

describe('an operation that was late already', () => {
  it('does not count against the upstream', async () => {
    const { sandbox, execute } = await start({ REQUEST_TIMEOUT_MS: '3000', UPSTREAM_TIMEOUT_MS: '3000' });
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, latencyMs: 1_500 });
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, action: { kind: 'hang' } });
    // Each of the twenty has half of the time left that a request may take.
    const { errors } = await execute('{ customers(first: 20) { nodes { users { totalCount } } } }');
    expect(errors).toHaveLength(20);
    expect((await execute(ONE)).errors).toBeUndefined();
  });
});

describe('a client that goes away', () => {
  it('takes its reads along', async () => {
    const { sandbox, gateway, execute } = await start({ ...FOREVER, UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ times: 1, action: { kind: 'hang' } });
    const reads = (): Promise<void> => eventually('it reads', () => sandbox.log.all().length === 1);
    await leaveWhen(reads, gateway.url, ONE);
    // If the read still held the only connection, this one would wait for ten minutes.
    expect((await execute('{ customer(id: 2) { id } }')).errors).toBeUndefined();
  });

  it('leaves a read to others who wait for it', async () => {
    const { sandbox, gateway, execute } = await start();
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    let other: ReturnType<typeof execute> | undefined;
    const taken = async (): Promise<void> => {
      await eventually('it reads', () => sandbox.log.all().length === 1);
      other = execute(ONE);
      for (let roundTrip = 0; roundTrip < 3; roundTrip += 1) await execute('{ __typename }');
    };
    await leaveWhen(taken, gateway.url, ONE);
    gate.open();
    expect((await other)?.errors).toBeUndefined();
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('does not take a write along', async () => {
    const { sandbox, gateway, execute } = await start();
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, times: 1, until: gate.opened });
    await leaveWhen(
      () => eventually('the contract type is read', () => sandbox.log.all().length === 1),
      gateway.url,
      'mutation { updateCustomer(input: { id: "1", companyName: "Renamed Ltd" }) { userErrors { code } } }',
    );
    gate.open();
    await eventually('the write is performed', () => sandbox.log.of('updateCustomer')[0]?.finishedAt != null);
    expect((await execute(ONE)).data).toMatchObject({ customer: { companyName: 'Renamed Ltd' } });
  });
});
