import type { Logger } from '../../src/telemetry/logger.js';
import { eventually } from '../support/eventually.js';
import { executor } from '../support/executor.js';
import { createGate } from '../support/gate.js';
import { leaveWhen } from '../support/leaving-client.js';
import { recordLog } from '../support/log-lines.js';
import type { Stack } from '../support/start-stack.js';
import { untilTaken } from '../support/until-taken.js';
import { useStack } from '../support/use-stack.js';

const QUERY = 'query Q($first: Int!) { customers(first: $first) { nodes { id companyName users { totalCount } } } }';
const RENAME = 'mutation { updateCustomer(input: { id: "1", companyName: "Renamed Ltd" }) { userErrors { code } } }';

const start = useStack({ customers: 20 });

interface HeldStack extends Stack {
  /** Resolves when reads of users wait in the upstream, this many since the start. */
  held(reads?: number): Promise<void>;
  /** Resolves when requests that were sent before have been taken. */
  taken(): Promise<void>;
  /** Lets the upstream answer. */
  release(): void;
}

/** A stack that has the query compiled. Its users are held back, so that another request can come in between. */
async function startHeld(env: Record<string, string> = {}, logger?: Logger): Promise<HeldStack> {
  const stack = await start(env, logger);
  for (const first of [1, 2, 3]) await stack.execute(QUERY, { first });
  stack.sandbox.log.clear();
  const gate = createGate();
  stack.sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, until: gate.opened });
  return {
    ...stack,
    held: (reads = 1) =>
      eventually('users are held back', () => stack.sandbox.log.of('requestCustomerUsers').length >= reads),
    taken: () => untilTaken(() => stack.execute('{ __typename }')),
    release: gate.open,
  };
}

const operationsOf = ({ sandbox }: Stack): (string | null)[] => sandbox.log.all().map(({ operationId }) => operationId);

describe('equal queries of one caller that are under way', () => {
  it('are one operation, however late a request joins', async () => {
    const stack = await startHeld();
    const first = stack.execute(QUERY, { first: 1 });
    await stack.held();
    const second = stack.execute(QUERY, { first: 1 });
    await stack.taken();
    stack.release();
    expect([(await second).errors, (await second).data]).toEqual([undefined, (await first).data]);
    // By itself the second would have read the list once more.
    expect(operationsOf(stack)).toEqual(['requestCustomers', 'requestCustomerUsers']);
    await stack.execute(QUERY, { first: 1 });
    expect(operationsOf(stack)).toHaveLength(4);
  });

  it('are distinguished by their variables and by the caller', async () => {
    const stack = await startHeld();
    stack.release();
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
    const stack = await startHeld();
    let remaining: Promise<{ errors: unknown; data: unknown }> | undefined;
    await leaveWhen(
      async () => {
        await stack.held();
        remaining = stack.execute(QUERY, { first: 1 });
        await stack.taken();
      },
      stack.gateway.url,
      QUERY,
      { first: 1 },
    );
    await stack.taken();
    stack.release();
    const { data, errors } = (await remaining) ?? {};
    expect([errors, data]).toEqual([undefined, { customers: { nodes: [expect.anything()] } }]);
    expect(operationsOf(stack)).toEqual(['requestCustomers', 'requestCustomerUsers']);
  });

  it('end with the last client', async () => {
    // If the read still held the only connection, the next one would wait for ten minutes.
    const forever = { UPSTREAM_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' };
    const stack = await startHeld({ UPSTREAM_MAX_CONNECTIONS: '1', ...forever });
    const both = async (): Promise<void> => {
      await stack.held();
      await stack.taken();
    };
    await Promise.all([1, 2].map(() => leaveWhen(both, stack.gateway.url, QUERY, { first: 1 })));
    stack.sandbox.faults.clear();
    expect((await stack.execute('{ customer(id: 2) { id } }')).errors).toBeUndefined();
  });

  it('write one line of a failure into the log, however many requests it answers', async () => {
    const { logger, lines } = recordLog();
    const stack = await startHeld({}, logger);
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers' },
      action: { kind: 'respond', status: 500, body: {} },
    });
    const asked = [stack.execute(QUERY, { first: 1 })];
    await stack.held();
    asked.push(stack.execute(QUERY, { first: 1 }), stack.execute(QUERY, { first: 1 }));
    await stack.taken();
    stack.release();
    for (const { errors } of await Promise.all(asked)) {
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR' } }]);
    }
    expect(lines.filter(({ message }) => message === 'upstream call failed')).toHaveLength(1);
  });

  it('are not joined by one that comes after a write', async () => {
    const stack = await startHeld();
    const before = stack.execute(QUERY, { first: 1 });
    await stack.held();
    expect((await stack.execute(RENAME)).errors).toBeUndefined();
    const after = stack.execute(QUERY, { first: 1 });
    await stack.held(2);
    stack.release();
    expect(JSON.stringify((await after).data)).toContain('Renamed Ltd');
    expect(JSON.stringify((await before).data)).not.toContain('Renamed Ltd');
  });

  it('are not shared with one who asks what the answer cost', async () => {
    const stack = await startHeld();
    stack.release();
    const explain = { 'x-sds-service-token': 'sandbox-provider-one', 'x-explain-upstream': '1' };
    const asked = [1, 2].map(() => stack.execute(QUERY, { first: 1 }, explain));
    for (const { extensions } of await Promise.all(asked)) {
      expect(extensions).toMatchObject({
        upstream: { compiled: executor !== 'apollo', calls: [expect.anything(), expect.anything()] },
      });
    }
  });
});
