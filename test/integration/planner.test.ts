import type { SandboxOptions } from '../../src/sandbox/sandbox.js';
import { createGate } from '../support/gate.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { untilCount } from '../support/until-count.js';
import { untilTaken } from '../support/until-taken.js';

let stack: Stack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

/** The planner is asked for more at once than the limits let clients ask for. */
const LIMITLESS = { MAX_ALIASES: '1000', MAX_ROOT_FIELDS: '1000', MAX_TOKENS: '20000', MAX_QUERY_BYTES: '200000' };

async function cold(sandbox: SandboxOptions, env: Record<string, string> = {}): Promise<Stack> {
  stack = await startStack({ sandbox, env: { ...LIMITLESS, ...env } });
  return stack;
}

const lookUps = (ids: readonly (number | string)[], selection = 'id companyName'): string =>
  `{ ${ids.map((id, index) => `a${index}: customer(id: "${id}") { ${selection} }`).join('\n')} }`;
const byUuids = (uuids: readonly string[]): string =>
  `{ ${uuids.map((uuid, index) => `a${index}: customerByUuid(customerUuid: "${uuid}") { id }`).join('\n')} }`;
const spread = (count: number, of: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + Math.floor((index * (of - 2)) / count));

async function uuidsOf({ sandbox }: Stack, ids: readonly number[]): Promise<string[]> {
  return Promise.all(
    ids.map(async (id) => {
      const response = await fetch(`${sandbox.url}/v4/provisioning/customers/${id}`, {
        headers: { 'x-sds-service-token': 'sandbox-provider-one' },
      });
      return ((await response.json()) as { customerUuid: string }).customerUuid;
    }),
  );
}

describe('upstream requests of one operation, cold', () => {
  const filters = ['or', 'first', 'none', 'ignore', 'reject'] as const;

  it('100 of 2,000 customers: the same answer in few requests, whatever the multi-id filter does', async () => {
    const answers: unknown[] = [];
    for (const multiIdFilter of filters) {
      const one = await startStack({ sandbox: { customers: 2_000, multiIdFilter }, env: LIMITLESS });
      try {
        answers.push(await one.data(lookUps(spread(100, 2_000))));
        const requests = one.sandbox.log.all().length;
        expect([multiIdFilter, requests]).toEqual([multiIdFilter, multiIdFilter === 'or' ? 1 : 5]);
      } finally {
        await one.close();
      }
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(Object.keys(answers[0] as object)).toHaveLength(100);
  });

  it('10 of 50,000 customers, filter does not work: 11', async () => {
    const { sandbox, data } = await cold({ customers: 50_000, multiIdFilter: 'reject' });
    await data(lookUps(spread(10, 50_000)));
    expect(sandbox.log.all().length).toBeLessThanOrEqual(11);
  });

  it('1 customer: 1', async () => {
    const { sandbox, data } = await cold({ customers: 2_000 });
    await data(lookUps([42]));
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('500 customers with attributes: 1', async () => {
    const { sandbox, data } = await cold({ customers: 2_000 });
    const { customers } = await data<{ customers: { nodes: { customerAttributes: object | null }[] } }, never>(
      '{ customers(first: 500) { nodes { id customerAttributes { items { key value } } } } }',
    );
    expect(customers.nodes).toHaveLength(500);
    expect(customers.nodes.filter(({ customerAttributes }) => customerAttributes === null)).toEqual([]);
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('50 customers with their first users: 51, all users at once', async () => {
    const { sandbox, data } = await cold({ customers: 2_000 });
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomerUsers' }, until: gate.opened });
    const answer = data('{ customers(first: 50) { nodes { id users(first: 5) { nodes { id } } } } }');
    await untilCount('all users are asked for', 50, () => sandbox.log.of('requestCustomerUsers').length);
    gate.open();
    await answer;
    expect(sandbox.log.all()).toHaveLength(51);
  });

  it('a customer by UUID among 2,000: at most 4, then 1 for any other, without a scan', async () => {
    const one = await cold({ customers: 2_000 });
    const [near = '', far = ''] = await uuidsOf(one, [3, 1_900]);
    one.sandbox.log.clear();
    expect(await one.data(byUuids([far]))).toEqual({ a0: { id: '1900' } });
    expect(one.sandbox.log.all().length).toBeLessThanOrEqual(4);

    one.sandbox.log.clear();
    expect(await one.data(byUuids([near]))).toEqual({ a0: { id: '3' } });
    expect(one.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomer']);
  });

  it('30 UUIDs among 2,000: at most 4', async () => {
    const one = await cold({ customers: 2_000 });
    const ids = spread(30, 2_000);
    const uuids = await uuidsOf(one, ids);
    one.sandbox.log.clear();
    const data = await one.data<Record<string, { id: string }>, never>(byUuids(uuids));
    expect(Object.values(data).map(({ id }) => Number(id))).toEqual(ids);
    expect(one.sandbox.log.all().length).toBeLessThanOrEqual(4);
  });

  it('a UUID seen in any answer: no scan', async () => {
    const one = await cold({ customers: 2_000 });
    const { customer } = await one.data<{ customer: { customerUuid: string } }, never>(
      lookUps([77], 'customerUuid').replace('a0:', ''),
    );
    one.sandbox.log.clear();
    expect(await one.data(byUuids([customer.customerUuid]))).toEqual({ a0: { id: '77' } });
    expect(one.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomer']);
  });
});

describe('the multi-id filter', () => {
  it('is never tried where it is switched off, and trusted where it is switched on', async () => {
    const off = await cold({ customers: 2_000 }, { UPSTREAM_MULTI_ID_FILTER: 'off' });
    await off.data(lookUps(spread(100, 2_000)));
    expect(off.sandbox.log.all().some(({ query }) => query['filter'])).toBe(false);
    await off.close();
    const on = await cold({ customers: 2_000 }, { UPSTREAM_MULTI_ID_FILTER: 'on' });
    await on.data(lookUps(spread(100, 2_000)));
    expect(on.sandbox.log.all().map(({ query }) => query['filter']?.slice(0, 6))).toEqual(['id:eq:']);
  });

  it('is probed once, whatever the answer', async () => {
    const { sandbox, data } = await cold({ customers: 2_000, multiIdFilter: 'reject' });
    await data(lookUps(spread(100, 2_000)));
    sandbox.log.clear();
    await data(lookUps(spread(90, 1_700)));
    expect(sandbox.log.all().map(({ query }) => query['filter'])).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('keeps URLs short for long ids, and asks for each id once', async () => {
    const { sandbox, execute } = await cold({ customers: 50 }, { UPSTREAM_MULTI_ID_FILTER: 'on' });
    const ids = Array.from({ length: 400 }, (_, index) => (9_000_000_000_000_000_000n + BigInt(index)).toString());
    sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: { kind: 'respond', status: 500, body: {} },
    });
    await execute(lookUps(ids, 'id'));
    const asked = sandbox.log.all().flatMap(({ query }) => query['filter']?.split(':').slice(2) ?? []);
    expect(asked.sort()).toEqual(ids);
    for (const { url } of sandbox.log.all()) expect(url.length).toBeLessThan(8_000);
  });
});

describe('what a list does not hold', () => {
  it('is confirmed by a single read before it counts as absent', async () => {
    const { sandbox, data } = await cold({ customers: 2_000, multiIdFilter: 'or' });
    expect(await data(lookUps([1, 2, 999_999], 'id'))).toEqual({ a0: { id: '1' }, a1: { id: '2' }, a2: null });
    expect(sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomers', 'requestCustomer']);
  });

  it('is found after all where the list skipped it', async () => {
    const { sandbox, data } = await cold({ customers: 2_000 }, { UPSTREAM_MULTI_ID_FILTER: 'off' });
    await data('{ customers(first: 1) { totalCount } }');
    sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const list = json as { items: { id: number }[] };
          return { ...list, items: list.items.filter(({ id }) => id !== 7) };
        },
      },
    });
    const answer = await data<Record<string, { id: string }>, never>(
      lookUps(
        Array.from({ length: 60 }, (_, i) => i + 1),
        'id',
      ),
    );
    expect(answer['a6']).toEqual({ id: '7' });
    expect(sandbox.log.of('requestCustomer').map(({ path }) => path)).toEqual(['/v4/provisioning/customers/7']);
  });

  it('is not held absent by a scan for its UUID that customers vanished under', async () => {
    const one = await cold({ customers: 1_200 });
    const [last = ''] = await uuidsOf(one, [1_150]);
    let scanned = 0;
    one.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          scanned += 1;
          const list = json as { items: { id: number }[]; range: { total: number } };
          return scanned <= 3
            ? {
                ...list,
                items: list.items.map((item) => (item.id === 1_150 ? list.items[0] : item)),
                range: { ...list.range, total: 1_201 - scanned },
              }
            : list;
        },
      },
    });
    expect(await one.data(byUuids([last]))).toEqual({ a0: { id: '1150' } });
  });
});

describe('reads that are equal and under way at once', () => {
  const QUERY = '{ customer(id: 5) { id companyName } customers(first: 3) { nodes { id users { totalCount } } } }';

  it('are one request for 32 clients of one caller', async () => {
    const { sandbox, data } = await cold({ customers: 120 });
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    const asked = Array.from({ length: 32 }, () => data(lookUps([5])));
    await untilTaken(() => data('{ __typename }'));
    gate.open();
    const answers = await Promise.all(asked);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('are never shared between callers', async () => {
    const { sandbox, data, execute } = await cold({ customers: 120 });
    const gate = createGate();
    sandbox.faults.add({ until: gate.opened });
    const tokens = Array.from({ length: 40 }, (_, index) => `sandbox-provider-${index % 2 ? 'one' : 'two'}`);
    const asked = tokens.map(async (token) =>
      JSON.stringify((await execute(QUERY, undefined, { 'x-sds-service-token': token })).data),
    );
    await untilTaken(() => data('{ __typename }'));
    gate.open();
    const names = await Promise.all(asked);
    expect(new Set(names.filter((_, index) => index % 2)).size).toBe(1);
    expect(new Set(names.filter((_, index) => index % 2 === 0)).size).toBe(1);
    expect(names[0]).not.toBe(names[1]);
    const perCaller = sandbox.log.of('requestCustomer').map(({ token }) => token);
    expect(perCaller.sort()).toEqual(['sandbox-provider-one', 'sandbox-provider-two']);
  });

  it('fail together and are asked for anew afterwards', async () => {
    const { sandbox, execute } = await cold({ customers: 120 });
    const gate = createGate();
    sandbox.faults.add({ times: 1, until: gate.opened, action: { kind: 'respond', status: 500, body: {} } });
    const asked = [execute(lookUps([5])), execute(lookUps([5]))];
    await untilTaken(() => execute('{ __typename }'));
    gate.open();
    const failed = await Promise.all(asked);
    expect(failed.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(['UPSTREAM_ERROR', 'UPSTREAM_ERROR']);
    expect((await execute(lookUps([5]))).errors).toBeUndefined();
    expect(sandbox.log.all()).toHaveLength(2);
  });

  it('are not joined across a write: a read behind it sees it', async () => {
    const { sandbox, data } = await cold({ customers: 120 });
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, times: 1, until: gate.opened });
    const slow = data(lookUps([5]));
    await untilCount('it is read', 1, () => sandbox.log.of('requestCustomer').length);
    const written = await data(
      'mutation { updateCustomer(input: { id: 5, companyName: "New", customerContractType: PAY }) { customer { companyName quotaUsed } } }',
    );
    expect(written).toMatchObject({ updateCustomer: { customer: { companyName: 'New' } } });
    gate.open();
    await slow;
  });

  it('are never writes', async () => {
    const { sandbox, data } = await cold({ customers: 120 });
    sandbox.faults.add({ latencyMs: 50 });
    const mutation =
      'mutation { createCustomer(input: { customerContractType: PAY, quotaMax: -1, userMax: 1, firstAdminUser: { firstName: "A", lastName: "B" } }) { customer { id } } }';
    await Promise.all([data(mutation), data(mutation)]);
    expect(sandbox.log.of('createCustomer')).toHaveLength(2);
  });
});
