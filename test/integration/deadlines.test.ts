import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { leaveWhen } from '../support/leaving-client.js';
import { untilCount } from '../support/until-count.js';
import { untilTaken } from '../support/until-taken.js';
import { useStack } from '../support/use-stack.js';

const ONE = '{ customer(id: 1) { id companyName } }';
/** Longer than a test may take. */
const FOREVER = { UPSTREAM_TIMEOUT_MS: '600000', UPSTREAM_LIST_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' };
/** Within them, little of them is left. */
const NEARLY_ALL_MS = 599_700;

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
    const { advance } = freezeClocks();
    const { sandbox, execute } = await start(FOREVER);
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, until: gate.opened });
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, action: { kind: 'hang' } });
    const answer = execute('{ customers(first: 1) { nodes { id users { totalCount } } } }');
    await eventually('the list is asked for', () => sandbox.log.all().length > 0);
    advance(NEARLY_ALL_MS);
    gate.open();
    const { errors, data } = await answer;
    expect(errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_TIMEOUT' }, path: ['customers', 'nodes', 0, 'users'] },
    ]);
    expect(data).toMatchObject({ customers: { nodes: [{ users: null }] } });
  });
});

describe('an operation that was late already', () => {
  it('does not count against the upstream', async () => {
    const { advance } = freezeClocks();
    const { sandbox, execute } = await start(FOREVER);
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, until: gate.opened });
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, action: { kind: 'hang' } });
    const answer = execute('{ customers(first: 20) { nodes { users { totalCount } } } }');
    await eventually('the list is asked for', () => sandbox.log.all().length > 0);
    advance(NEARLY_ALL_MS);
    gate.open();
    // Each of the twenty ends when half of the time has passed that a request may take.
    await untilCount('the users are asked for', 20, () => sandbox.log.of('requestCustomerUsers').length);
    advance(300_000);
    expect((await answer).errors).toHaveLength(20);
    expect((await execute(ONE)).errors).toBeUndefined();
  });
});

describe('a client that goes away', () => {
  it('takes its reads along', async () => {
    const { sandbox, gateway, execute } = await start({ ...FOREVER, UPSTREAM_MAX_CONNECTIONS: '1' });
    sandbox.faults.add({ times: 1, action: { kind: 'hang' } });
    const reads = (): Promise<void> => untilCount('it reads', 1, () => sandbox.log.all().length);
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
      await untilCount('it reads', 1, () => sandbox.log.all().length);
      other = execute(ONE);
      await untilTaken(() => execute('{ __typename }'));
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
      () => untilCount('the contract type is read', 1, () => sandbox.log.all().length),
      gateway.url,
      'mutation { updateCustomer(input: { id: "1", companyName: "Renamed Ltd" }) { userErrors { code } } }',
    );
    gate.open();
    await eventually('the write is performed', () => sandbox.log.of('updateCustomer')[0]?.finishedAt != null);
    expect((await execute(ONE)).data).toMatchObject({ customer: { companyName: 'Renamed Ltd' } });
  });
});
