import { allowCircuits } from '../support/start-gateway.js';
import { CREATE_CUSTOMER, NEW_CUSTOMER } from '../support/create-customer.js';
import { startDyingConnections, type Death, type DyingConnections } from '../support/dying-connections.js';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { holdTimers } from '../support/hold-timers.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { untilCount } from '../support/until-count.js';

allowCircuits();

const POOLED = 30;
const one = (id: number): string => `{ customer(id: ${id}) { id companyName } }`;
const ids = Array.from({ length: POOLED }, (_, index) => index + 1);

let stack: Stack;
/** Its upstream is the sandbox of `stack`, behind connections that can die. */
let behind: Stack;
let connections: DyingConnections;

beforeEach(async () => {
  stack = await startStack({ sandbox: { customers: 60 } });
  connections = await startDyingConnections(stack.sandbox.url);
  behind = await startStack({
    sandbox: { customers: 0 },
    // An eighth of it is silence.
    env: { UPSTREAM_URL: connections.url, UPSTREAM_TIMEOUT_MS: '12000', UPSTREAM_MAX_CONNECTIONS: '60' },
  });
  // Proves the credential.
  await behind.data('{ customers(first: 1) { totalCount } }');
  stack.sandbox.log.clear();
});
afterEach(async () => {
  await behind.close();
  await connections.close();
  await stack.close();
});

/** Opens so many connections, and leaves them idle. */
async function fillPool(): Promise<void> {
  // None is sent again because its answer is held back.
  const timers = holdTimers();
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  const fault = stack.sandbox.faults.add({ until });
  const lists = ids.map((id) => behind.execute(`{ customers(first: 1, offset: ${id}) { totalCount nodes { id } } }`));
  await untilCount('all are under way', POOLED, () => stack.sandbox.log.all().length);
  release();
  await Promise.all(lists);
  timers.pass(0);
  fault.remove();
  stack.sandbox.log.clear();
}

const reads = (): string[] => stack.sandbox.log.of('requestCustomer').map(({ path }) => path);

describe.each<Death>(['reset', 'silence'])('pooled connections that die by %s', (how) => {
  it('cost no read its answer, if reads come one after the other', async () => {
    await fillPool();
    connections.kill(how);
    for (const id of ids) expect((await behind.execute(one(id))).errors).toBeUndefined();
    // The first dead connection that was used showed that the others are dead as well.
    expect(connections.lost).toHaveLength(1);
    expect(reads()).toHaveLength(POOLED);
  });

  it('cost no read its answer, if reads come all at once', async () => {
    await fillPool();
    connections.kill(how);
    const answers = await Promise.all(
      ids.map((id) => behind.execute(`{ customers(first: 1, offset: ${id}) { totalCount nodes { id } } }`)),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(stack.sandbox.log.of('requestCustomers')).toHaveLength(POOLED);
    expect(connections.lost.length).toBeGreaterThan(0);
  });

  it('never have a write sent twice', async () => {
    await fillPool();
    connections.kill(how);
    const write = behind.execute(CREATE_CUSTOMER, { input: { ...NEW_CUSTOMER, companyName: 'Once Ltd' } });
    await eventually('the write is sent', () => connections.lost.length > 0);
    // Reads meanwhile find out that the others are dead.
    expect((await behind.execute(one(1))).errors).toBeUndefined();
    connections.destroyDead();
    expect((await write).errors).toMatchObject([{ extensions: { outcomeUnknown: true } }]);
    expect(connections.lost.filter((text) => text.startsWith('POST'))).toHaveLength(1);
    expect(stack.sandbox.log.of('createCustomer')).toEqual([]);
  });

  it('are not what a circuit probes by', async () => {
    await fillPool();
    const { advance } = freezeClocks();
    // What went well so far does not count any more.
    advance(4_000);
    const outage = stack.sandbox.faults.add({ action: { kind: 'respond', status: 500 } });
    for (let read = 0; read < 12; read += 1) await behind.execute(one(read + 1));
    expect((await behind.execute(one(1))).errors).toMatchObject([{ extensions: { retryAfterSeconds: 1 } }]);
    outage.remove();
    connections.kill(how);
    const before = connections.opened;
    advance(600);
    expect((await behind.execute(one(1))).errors).toBeUndefined();
    expect([connections.lost, connections.opened]).toEqual([[], before + 1]);
  });
});

describe('a read on an open connection', () => {
  it('is sent again once if the new connection breaks as well, and the next attempt follows', async () => {
    stack.sandbox.faults.add({ times: 2, action: { kind: 'reset' } });
    expect((await behind.execute(one(1))).errors).toBeUndefined();
    expect(reads()).toHaveLength(3);
  });

  it('is not sent again if its answer has begun', async () => {
    stack.sandbox.faults.add({ times: 1, action: { kind: 'reset-mid-body' } });
    const before = connections.opened;
    expect((await behind.execute(one(1))).errors).toBeUndefined();
    expect(reads()).toHaveLength(2);
    expect(connections.opened).toBe(before + 1);
  });

  it('takes the answer of the old connection if that comes first', async () => {
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    const first = stack.sandbox.faults.add({ times: 1, until });
    const read = behind.execute(one(1));
    await untilCount('it is under way', 1, () => reads().length);
    first.remove();
    stack.sandbox.faults.add({ times: 1, action: { kind: 'hang' } });
    await untilCount('it is sent again', 2, () => reads().length);
    release();
    expect((await read).data).toMatchObject({ customer: { id: '1' } });
    expect(reads()).toHaveLength(2);
  });
});
