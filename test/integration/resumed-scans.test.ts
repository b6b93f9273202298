import { writeJson } from '../../src/sandbox/http/json.js';
import { createSandboxCall, itemsOf } from '../support/sandbox-client.js';
import { eventually } from '../support/eventually.js';
import { holdTimers } from '../support/hold-timers.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = 'query ($uuid: UUID!) { customerByUuid(customerUuid: $uuid) { id } }';

let stack: Stack;
afterEach(() => stack.close());

async function uuidAt(offset: number): Promise<{ id: unknown; uuid: unknown }> {
  const call = createSandboxCall(stack.sandbox);
  const query = { offset: String(offset), limit: '1', sort: 'createdAt:asc' };
  const [customer] = itemsOf(await call('GET', '/v4/provisioning/customers', { query }));
  return { id: writeJson(customer?.['id'] ?? null), uuid: customer?.['customerUuid'] };
}

describe('a search for a UUID', () => {
  it('that runs out of requests says to ask again, and goes on where it stopped', async () => {
    stack = await startStack({ sandbox: { customers: 3_000 }, env: { MAX_UPSTREAM_REQUESTS: '2' } });
    const { id, uuid } = await uuidAt(2_990);
    stack.sandbox.log.clear();
    const searched: unknown[] = [];
    for (;;) {
      const { data, errors } = await stack.execute<object, object>(QUERY, { uuid });
      if (!errors) {
        expect(data).toEqual({ customerByUuid: { id } });
        break;
      }
      expect(errors).toMatchObject([
        {
          path: ['customerByUuid'],
          message: expect.stringMatching(/Ask again: the search goes on from there\.$/),
          extensions: { code: 'OPERATION_LIMIT_EXCEEDED', limit: 'upstreamRequests', maximum: 2, resumes: true },
        },
      ]);
      searched.push(/(\d+) of 3000 customers/.exec(errors[0]?.message ?? '')?.[1]);
    }
    expect(searched).toEqual(['1000', '2000']);
    const pages = stack.sandbox.log.of('requestCustomers').map(({ query }) => query['offset']);
    expect(pages).toEqual(['0', '500', '1000', '1500', '2000', '2500']);
  });

  it('that runs out of time says to ask again, and keeps what it has read', async () => {
    stack = await startStack({ sandbox: { customers: 3_000 }, env: { UPSTREAM_LIST_TIMEOUT_MS: '600000' } });
    const [near, far] = await Promise.all([uuidAt(3), uuidAt(2_990)]);
    await stack.data<object, object>(QUERY, { uuid: near.uuid });
    const fault = stack.sandbox.faults.add({ match: { operationId: 'requestCustomers' }, action: { kind: 'hang' } });
    const asked = stack.sandbox.log.all().length;
    const timers = holdTimers();
    const late = stack.execute<object, object>(QUERY, { uuid: far.uuid });
    await eventually('it is searched for', () => stack.sandbox.log.all().length > asked);
    timers.pass(60_000);
    expect((await late).errors).toMatchObject([
      {
        message: expect.stringMatching(/ 500 of 3000 customers have been searched\. Ask again/),
        extensions: { code: 'UPSTREAM_TIMEOUT' },
      },
    ]);
    fault.remove();
    stack.sandbox.log.clear();
    expect(await stack.data<object, object>(QUERY, { uuid: far.uuid })).toEqual({ customerByUuid: { id: far.id } });
    const offsets = stack.sandbox.log.of('requestCustomers').map(({ query }) => Number(query['offset']));
    expect(Math.min(...offsets)).toBe(500);
  });

  it('loses none of the UUIDs that it found before it ran out of requests', async () => {
    stack = await startStack({ sandbox: { customers: 3_000 }, env: { MAX_UPSTREAM_REQUESTS: '3' } });
    const [near, far] = await Promise.all([uuidAt(3), uuidAt(2_990)]);
    const { data, errors } = await stack.execute<object, object>(
      'query ($near: UUID!, $far: UUID!) { near: customerByUuid(customerUuid: $near) { id } far: customerByUuid(customerUuid: $far) { id } }',
      { near: near.uuid, far: far.uuid },
    );
    expect(data).toEqual({ near: { id: near.id }, far: null });
    expect(errors).toMatchObject([{ path: ['far'], extensions: { resumes: true } }]);
  });
});
