import { graphql } from '../gql/gql.js';
import { startStack, type Stack } from '../support/start-stack.js';

const ONE = graphql(`
  query OneCustomerForErrors($id: ID!) {
    customer(id: $id) {
      id
      companyName
      isLocked
      quotaMax
    }
  }
`);

const LIST = graphql(`
  query ThreeCustomersForErrors {
    customers(first: 3) {
      totalCount
      nodes {
        id
        isLocked
        updatedAt
      }
    }
  }
`);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.sandbox.faults.clear();
  stack.sandbox.log.clear();
});

type Json = Record<string, unknown>;

function transformCustomer(change: Json): void {
  stack.sandbox.faults.add({
    match: { operationId: 'requestCustomer' },
    action: { kind: 'transform', transform: (json) => ({ ...(json as Json), ...change }) },
  });
}

describe('answers that break the contract', () => {
  it('fail the field concerned and spare its siblings', async () => {
    transformCustomer({ isLocked: 'yes' });
    const { data, errors } = await stack.execute(ONE, { id: '1' });
    expect(data?.customer).toMatchObject({ id: '1', companyName: expect.any(String) as string, isLocked: null });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['customer', 'isLocked'],
        extensions: { code: 'UPSTREAM_CONTRACT_VIOLATION' },
      }),
    ]);
  });

  it('fail the nearest nullable parent if the field must not be null', async () => {
    transformCustomer({ companyName: undefined });
    const { data, errors } = await stack.execute(ONE, { id: '1' });
    expect(data).toEqual({ customer: null });
    expect(errors).toMatchObject([
      { path: ['customer', 'companyName'], extensions: { code: 'UPSTREAM_CONTRACT_VIOLATION' } },
    ]);
  });

  it('do no harm if the broken field is not selected', async () => {
    transformCustomer({ customerContractType: 'gold', createdAt: 'yesterday' });
    const { errors } = await stack.execute(ONE, { id: '1' });
    expect(errors).toBeUndefined();
  });

  it('spare the other items of a list', async () => {
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const list = json as { items: Json[] };
          return { ...list, items: list.items.map((item, index) => (index === 1 ? { ...item, isLocked: 7 } : item)) };
        },
      },
    });
    const { data, errors } = await stack.execute(LIST);
    expect(data?.customers.nodes.map(({ id, isLocked }) => [id, isLocked === null])).toEqual([
      ['1', false],
      ['2', true],
      ['3', false],
    ]);
    expect(errors?.map(({ path }) => path)).toEqual([['customers', 'nodes', 1, 'isLocked']]);
  });

  it('leave no rejection unhandled where a broken item stands beside items that fail later', async () => {
    const stack = await startStack();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const list = json as { items: Json[] };
          return {
            ...list,
            items: list.items.map((item, index) => (index === 2 ? { ...item, companyName: 7 } : item)),
          };
        },
      },
    });
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers' },
      latencyMs: 50,
      action: { kind: 'respond', status: 500, body: {} },
    });
    for (const items of ['nodes {', 'edges { node {']) {
      const closing = '}'.repeat(items.split('{').length - 1);
      const { errors } = await stack.execute(
        `{ customers(first: 3) { ${items} companyName users { totalCount } ${closing} } }`,
      );
      expect(errors).toHaveLength(3);
    }
    await stack.close();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it.each([
    ['HTML', { 'content-type': 'text/html' }, '<html></html>'],
    ['half of a document', {}, '{"id": 1, "compan'],
    ['nothing', {}, ''],
    ['null', {}, 'null'],
    ['a list', {}, '[]'],
  ])('are refused when they are %s', async (_, headers, body) => {
    stack.sandbox.faults.add({ action: { kind: 'respond', status: 200, headers, body } });
    const { data, errors } = await stack.execute(ONE, { id: '1' });
    expect(data).toEqual({ customer: null });
    expect(errors).toMatchObject([{ path: ['customer'], extensions: { code: 'UPSTREAM_CONTRACT_VIOLATION' } }]);
  });
});

describe('upstream failures', () => {
  it.each([
    [401, { errorCode: -10012 }, 'UNAUTHENTICATED', 1],
    [403, {}, 'FORBIDDEN', 1],
    [400, { errorCode: -80001 }, 'BAD_USER_INPUT', 1],
    [400, { errorCode: -99999 }, 'UPSTREAM_ERROR', 1],
    [404, {}, 'UPSTREAM_ERROR', 1],
    [302, {}, 'UPSTREAM_ERROR', 1],
    [500, {}, 'UPSTREAM_ERROR', 1],
    // These are sent again, as often as the budget allows.
    [502, {}, 'UPSTREAM_UNAVAILABLE', undefined],
    [503, {}, 'UPSTREAM_UNAVAILABLE', undefined],
  ])('of status %i %j become %s after %p request, with nothing of the upstream in it', async (...expected) => {
    const [status, body, code, requests] = expected;
    stack.sandbox.log.clear();
    stack.sandbox.faults.add({
      action: {
        kind: 'respond',
        status,
        headers: { location: 'http://secret-host.example/' },
        body: { code: status, message: 'SECRET-MESSAGE', debugInfo: 'SECRET-DEBUG', ...body },
      },
    });
    const { data, errors } = await stack.execute(ONE, { id: '1' });
    expect(data).toEqual({ customer: null });
    expect(errors).toMatchObject([{ path: ['customer'], extensions: { code, upstreamStatus: status } }]);
    expect(errors?.[0]?.extensions['upstreamCode']).toBe((body as { errorCode?: number }).errorCode);
    const text = JSON.stringify(errors);
    for (const secret of [
      'SECRET',
      'secret-host',
      'sandbox-provider-one',
      '/v4/',
      new URL(stack.sandbox.url).host,
      'node_modules',
      'stack',
    ]) {
      expect(text).not.toContain(secret);
    }
    if (requests !== undefined) expect(stack.sandbox.log.all()).toHaveLength(requests);
  });

  it('are timeouts where the upstream hangs or drips', async () => {
    const hasty = await startStack({ env: { UPSTREAM_TIMEOUT_MS: '150' } });
    try {
      for (const action of [{ kind: 'hang' }, { kind: 'drip', bytesPerSecond: 10 }] as const) {
        hasty.sandbox.faults.clear();
        hasty.sandbox.faults.add({ action });
        const { errors } = await hasty.execute(ONE, { id: '1' });
        expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
      }
    } finally {
      await hasty.close();
    }
  });

  it('are UPSTREAM_UNAVAILABLE on a reset, and if nothing listens', async () => {
    stack.sandbox.faults.add({ action: { kind: 'reset' } });
    const reset = await stack.execute(ONE, { id: '1' });
    const away = await startStack({ env: { UPSTREAM_URL: 'http://127.0.0.1:9/api' } });
    const nobody = await away.execute(ONE, { id: '1' });
    await away.close();
    for (const { errors } of [reset, nobody]) {
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
      expect(JSON.stringify(errors)).not.toContain('127.0.0.1');
    }
  });

  it('are refused where the answer is larger than accepted', async () => {
    const small = await startStack({ env: { UPSTREAM_MAX_RESPONSE_BYTES: '1024' } });
    try {
      const { errors } = await small.execute(LIST);
      expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_CONTRACT_VIOLATION' } }]);
    } finally {
      await small.close();
    }
  });
});

describe('callers', () => {
  it('are kept to their own data by their own token', async () => {
    // The circuit of the stack above may be open, after so many failures.
    const own = await startStack();
    const as = async (token: string): Promise<string | undefined> =>
      (await own.execute(ONE, { id: '1' }, { 'x-sds-service-token': token })).data?.customer?.companyName;
    try {
      const [one, two] = [await as('sandbox-provider-one'), await as('sandbox-provider-two')];
      expect([typeof one, typeof two]).toEqual(['string', 'string']);
      expect(one).not.toBe(two);
      expect(own.sandbox.log.all().map(({ token }) => token)).toEqual(['sandbox-provider-one', 'sandbox-provider-two']);
    } finally {
      await own.close();
    }
  });

  it('without a token are refused before any upstream call, but may read the schema', async () => {
    const { status, errors } = await stack.execute(ONE, { id: '1' }, {});
    expect(status).toBe(401);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect((await stack.execute('{ __schema { queryType { name } } }', undefined, {})).errors).toBeUndefined();
    const mixed = await stack.execute(
      '{ __typename ...Q } fragment Q on Query { upstreamVersion { restApiVersion } }',
      undefined,
      {},
    );
    expect(mixed.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('with a wrong token are UNAUTHENTICATED', async () => {
    const { errors } = await stack.execute(ONE, { id: '1' }, { 'x-sds-service-token': 'wrong' });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
