import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { createGate } from '../support/gate.js';
import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';
import { untilCount } from '../support/until-count.js';

let stack: Stack;
afterEach(() => stack.close());

async function caching(env: Record<string, string> = {}): Promise<Stack> {
  stack = await startStack({ env: { CACHE_TTL_SECONDS: '60', ...env } });
  return stack;
}

const ONE = '{ customer(id: 5) { id companyName } }';
const RICH = '{ customer(id: 5) { id customerAttributes { items { key } } } }';
const LIST = '{ customers(first: 2) { nodes { id companyName } } }';
const USERS = '{ customer(id: 5) { companyName users(first: 3) { totalCount } } }';
const RENAME = (name: string): string =>
  `mutation { updateCustomer(input: { id: 5, companyName: "${name}", customerContractType: PAY }) { customer { companyName } userErrors { code } } }`;
const nameIn = (answer: unknown): unknown => (answer as { customer: { companyName: string } }).customer.companyName;

describe('without configuration', () => {
  it('nothing is cached, and nothing may be', async () => {
    stack = await startStack();
    const first = await stack.execute(ONE);
    await stack.execute(ONE);
    expect(stack.sandbox.log.all()).toHaveLength(2);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the cache', () => {
  it('answers what was read before, and tells for how long that holds', async () => {
    const { sandbox, execute } = await caching();
    for (const query of [ONE, LIST, USERS]) {
      sandbox.log.clear();
      const first = await execute(query);
      const requests = sandbox.log.all().length;
      const second = await execute(query);
      expect(second.data).toEqual(first.data);
      expect(sandbox.log.all()).toHaveLength(requests);
      expect(second.headers.get('cache-control')).toMatch(/^private, max-age=(?:59|60)$/);
      expect(second.headers.get('vary')).toBe('accept, accept-encoding, authorization, x-sds-service-token');
    }
  });

  it('keeps a customer with attributes apart from one without, and lets the richer serve the poorer', async () => {
    const { sandbox, data } = await caching();
    await data(ONE);
    await data(RICH);
    expect(sandbox.log.all()).toHaveLength(2);
    await data(ONE);
    await data(RICH);
    expect(sandbox.log.all()).toHaveLength(2);
  });

  it('drops pages that were read first once CACHE_MAX_BYTES are held', async () => {
    stack = await startStack({
      sandbox: { customers: 2_000 },
      env: { CACHE_TTL_SECONDS: '600', CACHE_MAX_BYTES: '1048576' },
    });
    const page = (offset: number): string =>
      `{ customers(first: 200, offset: ${offset}) { nodes { id companyName customerAttributes { items { key value } } } } }`;
    for (let offset = 0; offset < 2_000; offset += 200) await stack.data(page(offset));
    for (const [offset, requests] of [
      [1_800, 0],
      [0, 1],
    ] as const) {
      stack.sandbox.log.clear();
      await stack.data(page(offset));
      expect(stack.sandbox.log.all()).toHaveLength(requests);
    }
  });

  it('never lets one caller see what another has read', async () => {
    const { sandbox, execute } = await caching();
    const names = [];
    for (const token of [
      'sandbox-provider-one',
      'sandbox-provider-two',
      'sandbox-provider-one',
      'sandbox-provider-two',
    ]) {
      names.push(nameIn((await execute(ONE, undefined, { 'x-sds-service-token': token })).data));
    }
    expect(names[0]).not.toBe(names[1]);
    expect(names.slice(2)).toEqual(names.slice(0, 2));
    expect(sandbox.log.all().map(({ token }) => token)).toEqual(['sandbox-provider-one', 'sandbox-provider-two']);
  });

  it('drops a customer, its users and the lists before a write answers', async () => {
    const { sandbox, data, execute } = await caching();
    for (const query of [ONE, LIST, USERS]) await data(query);
    const write = await execute(RENAME('Renamed'));
    expect(write.headers.get('cache-control')).toBe('no-store');
    sandbox.log.clear();
    expect(nameIn(await data(ONE))).toBe('Renamed');
    await data(LIST);
    await data(USERS);
    expect(sandbox.log.all().map(({ operationId }) => operationId)).toEqual([
      'requestCustomer',
      'requestCustomers',
      'requestCustomerUsers',
    ]);
  });

  it('is not filled again with the old value by a read that was under way across the write', async () => {
    const { sandbox, data } = await caching();
    const gate = createGate();
    sandbox.faults.add({
      match: { operationId: 'requestCustomer' },
      times: 1,
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), companyName: 'Old' }) },
      until: gate.opened,
    });
    const slow = data(ONE);
    await untilCount('it is read', 1, () => sandbox.log.of('requestCustomer').length);
    await data(RENAME('New'));
    gate.open();
    expect(nameIn(await slow)).toBe('Old');
    expect(nameIn(await data(ONE))).toBe('New');
  });

  it('is not asked for the contract type that a change has to repeat', async () => {
    const { sandbox, data } = await caching();
    const { customers } = await data<{ customers: { nodes: { id: string }[] } }, never>(
      '{ customers(filter: { customerContractType: { eq: DEMO } }, first: 1) { nodes { id } } }',
    );
    const id = customers.nodes[0]?.id ?? '';
    await data(`{ customer(id: ${id}) { customerContractType } }`);
    await fetch(`${sandbox.url}/v4/provisioning/customers/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
      body: JSON.stringify({ customerContractType: 'pay' }),
    });
    const changed = await data(
      `mutation { updateCustomer(input: { id: ${id}, userMax: 77 }) { customer { customerContractType } userErrors { code } } }`,
    );
    expect(changed).toEqual({ updateCustomer: { customer: { customerContractType: 'PAY' }, userErrors: [] } });
  });

  it('keeps an answer that broke the contract out', async () => {
    const { sandbox, execute } = await caching();
    sandbox.faults.add({
      times: 1,
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), isLocked: 'yes' }) },
    });
    const broken = await execute('{ customer(id: 5) { isLocked } }');
    expect(broken.errors).toHaveLength(1);
    expect(broken.headers.get('cache-control')).toBe('no-store');
    expect((await execute('{ customer(id: 5) { isLocked } }')).errors).toBeUndefined();
  });

  it('caches by kind of entity', async () => {
    const { sandbox, data } = await caching({ CACHE_TTL_SECONDS: 'customer=60' });
    for (let round = 0; round < 2; round += 1) await data(USERS);
    expect(sandbox.log.of('requestCustomer')).toHaveLength(1);
    expect(sandbox.log.of('requestCustomerUsers')).toHaveLength(2);
  });

  it('believes an absence for a few seconds only', async () => {
    const { advance } = freezeClocks();
    const { sandbox, data } = await caching();
    const query = '{ customer(id: 987654) { id } }';
    expect(await data(query)).toEqual({ customer: null });
    const { data: again, headers } = await stack.execute(query);
    expect(again).toEqual({ customer: null });
    expect(headers.get('cache-control')).toMatch(/^private, max-age=5$/);
    expect(sandbox.log.all()).toHaveLength(1);
    advance(5_100);
    await data(query);
    expect(sandbox.log.all()).toHaveLength(2);
  });
});

describe('stale answers', () => {
  const freshness = (answer: GraphqlAnswer<unknown> & { extensions?: unknown }): unknown => answer.extensions;

  it('are given while they are read anew, once, and say so', async () => {
    const { advance } = freezeClocks();
    const { sandbox, execute } = await caching({ CACHE_TTL_SECONDS: '1', CACHE_SWR_SECONDS: '60' });
    await execute(ONE);
    advance(1_100);
    const gate = createGate();
    sandbox.faults.add({
      action: { kind: 'transform', transform: (json) => ({ ...(json as object), companyName: 'Anew' }) },
      until: gate.opened,
    });
    sandbox.log.clear();
    const stale = await Promise.all([execute(ONE), execute(ONE), execute(ONE)]);
    for (const answer of stale) {
      expect(nameIn(answer.data)).not.toBe('Anew');
      expect(freshness(answer)).toEqual({ freshness: [{ path: ['customer'], ageSeconds: 1 }] });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    gate.open();
    await eventually('it is read anew', async () => nameIn((await execute(ONE)).data) === 'Anew');
    const fresh = await execute(ONE);
    expect(freshness(fresh)).toBeUndefined();
    expect(sandbox.log.all()).toHaveLength(1);
  });

  it('say so for each entity of a join', async () => {
    const { advance } = freezeClocks();
    const { execute } = await caching({ CACHE_TTL_SECONDS: '1', CACHE_SWR_SECONDS: '60' });
    await execute('{ customer(id: 5) { companyName } }');
    advance(1_100);
    const join = await execute(
      '{ _entities(representations: [{ __typename: "Customer", id: 6 }, { __typename: "Customer", id: 5 }]) { ... on Customer { companyName } } }',
    );
    expect(freshness(join)).toEqual({ freshness: [{ path: ['_entities', 1], ageSeconds: 1 }] });
  });

  it('are given if the upstream is away, and not if it refuses', async () => {
    const { advance } = freezeClocks();
    const { sandbox, execute } = await caching({ CACHE_TTL_SECONDS: '1', CACHE_STALE_IF_ERROR_SECONDS: '60' });
    await execute(ONE);
    advance(1_100);
    sandbox.faults.add({ action: { kind: 'respond', status: 503, body: {} } });
    const away = await execute(ONE);
    expect(away.errors).toBeUndefined();
    expect(freshness(away)).toEqual({ freshness: [{ path: ['customer'], ageSeconds: 1 }] });
    sandbox.faults.clear();
    sandbox.faults.add({ action: { kind: 'respond', status: 403, body: {} } });
    expect((await execute(ONE)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
