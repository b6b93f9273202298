import { executor } from '../support/executor.js';
import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ sandbox: { customers: 600 } });
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const REFUSED = [{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED' } }];

describe('the budget of upstream requests', () => {
  it.each([
    ['500 customers each with users', '{ customers(first: 500) { nodes { users { totalCount } } } }'],
    [
      'the same by edges, a fragment and an alias',
      '{ customers(first: 500) { edges { node { ...U } } } } fragment U on Customer { u: users { totalCount } }',
    ],
    [
      'users twice over',
      '{ customers(first: 130) { nodes { a: users(first: 1) { totalCount } b: users(first: 2) { totalCount } } } }',
    ],
  ])('refuses %s before the first request', async (_, query) => {
    const { status, data, errors } = await stack.execute(query);
    expect(status).toBe(400);
    expect(errors).toMatchObject(REFUSED);
    expect(data).toBeUndefined();
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('reads the page size from variables too', async () => {
    const query = 'query ($n: Int) { customers(first: $n) { nodes { users { totalCount } } } }';
    expect((await stack.execute(query, { n: 400 })).errors).toMatchObject(REFUSED);
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await stack.execute(query, { n: 3 })).errors).toBeUndefined();
  });

  it('does not count what directives leave out', async () => {
    const query = '{ customers(first: 500) { nodes { id users @skip(if: true) { totalCount } } } }';
    expect((await stack.execute(query)).errors).toBeUndefined();
  });

  it('lets 50 customers with their users through by default', async () => {
    const { errors } = await stack.execute('{ customers { nodes { users { totalCount } } } }');
    expect(errors).toBeUndefined();
    expect(stack.sandbox.log.all()).toHaveLength(51);
  });

  it('refuses mutations as a whole, never half-way', async () => {
    const small = await startStack({ env: { MAX_UPSTREAM_REQUESTS: '10' } });
    try {
      const rename = (id: number): string =>
        `m${id}: updateCustomer(input: { id: ${id}, companyName: "X" }) { customer { quotaUsed } }`;
      const { errors } = await small.execute(`mutation { ${[1, 2, 3, 4].map(rename).join('\n')} }`);
      expect(errors).toMatchObject(REFUSED);
      expect(small.sandbox.log.all()).toEqual([]);
      expect((await small.execute(`mutation { ${[1, 2, 3].map(rename).join('\n')} }`)).errors).toBeUndefined();
    } finally {
      await small.close();
    }
  });

  it('holds look-ups to it while they run', async () => {
    const small = await startStack({
      sandbox: { customers: 5_000, multiIdFilter: 'reject' },
      env: { MAX_UPSTREAM_REQUESTS: '5' },
    });
    try {
      const ids = Array.from({ length: 40 }, (_, index) => index * 100 + 1);
      const { errors } = await small.execute(`{ ${ids.map((id) => `c${id}: customer(id: ${id}) { id }`).join('\n')} }`);
      expect(errors?.every(({ extensions }) => extensions.code === 'OPERATION_LIMIT_EXCEEDED')).toBe(true);
      expect(small.sandbox.log.all().length).toBeLessThanOrEqual(5);
    } finally {
      await small.close();
    }
  });
});

describe("the budget of a router's join", () => {
  const representations = Array.from({ length: 400 }, (_, index) => ({ __typename: 'Customer', id: index + 1 }));
  const join = (beside = ''): string =>
    `query ($r: [_Any!]!) { ${beside} _entities(representations: $r) { ... on Customer { users(first: 1) { totalCount } } } }`;

  it('is wider', async () => {
    const { errors, data } = await stack.execute<{ _entities: unknown[] }, object>(join(), { r: representations });
    expect(errors).toBeUndefined();
    expect(data?._entities).toHaveLength(400);
    expect(stack.sandbox.log.all()).toHaveLength(400);
  });

  it('ends too', async () => {
    const r = [...representations, ...representations, ...representations];
    expect((await stack.execute(join(), { r })).errors).toMatchObject(REFUSED);
  });

  it('is for nothing beside the join', async () => {
    const beside = 'customers(first: 1) { totalCount }';
    expect((await stack.execute(join(beside), { r: representations })).errors).toMatchObject(REFUSED);
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});

describe('extensions.upstream', () => {
  const explain = { 'x-sds-service-token': 'sandbox-provider-one', 'x-explain-upstream': '1' };
  const query = `{ ${[1, 2, 3].map((id) => `c${id}: customer(id: ${id}) { id }`).join(' ')} }`;

  it('tells calls, strategy and reason to anyone who asks in development', async () => {
    const { extensions } = await stack.execute(query, undefined, explain);
    expect(extensions).toMatchObject({
      upstream: {
        requests: 1,
        budget: 250,
        cacheHits: 0,
        compiled: executor === 'compiled',
        milliseconds: expect.any(Number),
        plans: [{ keys: 3, strategy: expect.any(String), calls: 1, reason: expect.any(String) }],
        calls: [
          {
            operationId: 'requestCustomers',
            outcome: 'ok',
            attempts: 1,
            joined: false,
            milliseconds: expect.any(Number),
          },
        ],
      },
    });
    expect(JSON.stringify(extensions)).not.toMatch(/sandbox-provider|127\.0\.0\.1|\/v4\//);
    expect((await stack.execute(query)).extensions).toBeUndefined();
  });

  it('counts every attempt of a call, and no budget for a repeated one', async () => {
    await stack.execute(query, undefined, explain);
    stack.sandbox.log.clear();
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 503 }, times: 1 });
    const { extensions, data } = await stack.execute('{ customer(id: 2) { id } }', undefined, explain);
    expect(data).toEqual({ customer: { id: '2' } });
    expect(stack.sandbox.log.all()).toHaveLength(2);
    expect(extensions).toMatchObject({
      upstream: { requests: 2, calls: [{ operationId: 'requestCustomer', outcome: 'ok', attempts: 2 }] },
    });
  });

  it('counts the attempts of a call that failed in the end, and of a write its one', async () => {
    stack.sandbox.log.clear();
    const fault = stack.sandbox.faults.add({ action: { kind: 'respond', status: 503 } });
    const failed = await stack.execute('{ customer(id: 3) { id } }', undefined, explain);
    const sent = stack.sandbox.log.all().length;
    expect(sent).toBeGreaterThan(1);
    expect(failed.extensions).toMatchObject({
      upstream: { requests: sent, calls: [{ outcome: '503', attempts: sent }] },
    });
    fault.remove();
    const written = await stack.execute(
      'mutation { deleteCustomer(input: { id: 12 }) { userErrors { code } } }',
      undefined,
      explain,
    );
    expect(written.extensions).toMatchObject({ upstream: { requests: 1, calls: [{ attempts: 1 }] } });
  });

  it('tells it in production only to who sends the key', async () => {
    const closed = await startStack({ env: { NODE_ENV: 'production', EXPLAIN_KEY: 'let-me-see-all-calls' } });
    try {
      const ask = async (key: string): Promise<unknown> =>
        (await closed.execute(query, undefined, { ...explain, 'x-explain-upstream': key })).extensions;
      expect(await ask('1')).toBeUndefined();
      expect(await ask('let-me-see-all-call')).toBeUndefined();
      expect(await ask('let-me-see-all-calls')).toMatchObject({ upstream: { requests: expect.any(Number) } });
    } finally {
      await closed.close();
    }
  });
});
