import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { startStack, type Stack } from '../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

const list = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, n) => item(n)).join(' ');
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce((value) => [value], null);
/** Levels below the root of customers, nodes, and so on, each legal. */
const deep = (levels: number): string => `${'... { a { '.repeat(levels)}b${' } }'.repeat(levels)}`;
const doubling = (levels: number): string =>
  `{ customers { nodes { ...F0 } } } ${list(levels, (n) => `fragment F${n} on Customer { ...F${n + 1} ...F${n + 1} }`)} fragment F${levels} on Customer { id }`;
const ONE_ID =
  'query ($ids: [ID!]) { __typename @skip(if: false) customers(filter: { id: { in: $ids } }) { totalCount } }';

describe('limits of one request', () => {
  it.each([
    ['depth', 12, `{ ${deep(13)} }`],
    [
      'depth',
      12,
      '{ ...F } fragment F on Query { customers { nodes { ...G } } } fragment G on Customer { ' + deep(12) + ' }',
    ],
    ['aliases', 50, `{ customers { nodes { ${list(51, (n) => `a${n}: id`)} } } }`],
    ['rootFields', 50, `{ ${list(51, () => 'upstreamVersion { version }')} }`],
    ['rootFields', 50, `{ ...F ...F } fragment F on Query { ${list(26, () => '__typename')} }`],
    ['directives', 30, `{ __typename ${list(31, () => '@skip(if: false)')} }`],
    ['repeatedFields', 50, `{ customers { nodes { ${list(52, () => 'id')} } } }`],
    ['repeatedFields', 50, `{ customers { nodes { ${list(450, () => 'users { totalCount }')} } } }`],
    ['tokens', 2000, `{ customers { nodes { ${list(1_999, () => 'id')} } } }`],
    ['tokens', 2000, `{ __typename ${list(3_000, () => '@a')} }`],
    ['selections', 2000, doubling(12)],
    ['selections', 2000, doubling(100)],
    ['operations', 10, list(11, (n) => `query Q${n} { __typename }`)],
    ['queryBytes', 20_480, `{ __typename } ${'#'.repeat(20_480)}`],
  ])('refuses more %s than %i, case %#', async (limit, maximum, query) => {
    const { status, errors, data } = await stack.execute(query);
    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^This request has more than \d+ /),
        extensions: {
          code: 'OPERATION_LIMIT_EXCEEDED',
          limit,
          maximum,
          limits: expect.arrayContaining([{ limit, maximum, found: expect.any(Number) as number }]) as unknown,
        },
      },
    ]);
    expect(data).toBeUndefined();
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    ['jsonDepth', 40, { x: nested(40) }],
    ['jsonDepth', 40, { x: nested(4_000) }],
    ['listItems', 1000, { x: Array.from({ length: 1001 }, () => 1) }],
    ['listItems', 1000, { x: { y: [Array.from({ length: 1001 }, () => 1)] } }],
  ])('refuses more %s than %i in the variables, case %#', async (limit, maximum, variables) => {
    const { status, errors } = await stack.execute('{ __typename }', variables);
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED', limit, maximum } }]);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('holds a GET to the same limits', async () => {
    const send = async (parameters: Record<string, string>): Promise<unknown> => {
      const response = await fetch(`${stack.gateway.url}/graphql?${new URLSearchParams(parameters).toString()}`, {
        headers: { 'apollo-require-preflight': '1' },
      });
      return { status: response.status, body: await response.json() };
    };
    const refused = (limit: string): object => ({ status: 400, body: { errors: [{ extensions: { limit } }] } });
    expect(await send({ query: `{ ${deep(13)} }` })).toMatchObject(refused('depth'));
    expect(await send({ query: '{ __typename }', variables: JSON.stringify({ x: nested(40) }) })).toMatchObject(
      refused('jsonDepth'),
    );
  });

  it('refuses the same document again, and hides no other one behind it', async () => {
    const query = `{ ${deep(13)} }`;
    for (const _ of [1, 2])
      expect((await stack.execute(query)).errors).toMatchObject([{ extensions: { limit: 'depth' } }]);
    expect(await stack.data('{ __typename }')).toEqual({ __typename: 'Query' });
  });

  it('lets pass what stays within all of them', async () => {
    expect(
      (await stack.execute(`{ customers(first: 1) { nodes { ${list(50, (n) => `a${n}: id`)} } } }`)).errors,
    ).toBeUndefined();
    expect(
      (await stack.execute(`{ __typename ${list(30, () => '@skip(if: false)')} }`)).errors?.[0]?.extensions.code,
    ).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await stack.execute('{ __typename }', { x: nested(38) })).errors).toBeUndefined();
  });

  it('lets introspection pass, in its longest form too', async () => {
    const all = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    };
    expect(await stack.data(getIntrospectionQuery())).toHaveProperty('__schema.queryType.name', 'Query');
    expect(await stack.data(getIntrospectionQuery(all))).toHaveProperty('__schema.queryType.name', 'Query');
  });

  it('lets a join of 1,000 representations pass', async () => {
    const representations = Array.from({ length: 1000 }, (_, n) => ({
      __typename: 'Customer',
      id: String((n % 20) + 1),
    }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id } } }';
    expect(await stack.data<object, object>(query, { r: representations })).toHaveProperty('_entities.length', 1000);
  });

  it.each([
    ['MAX_DEPTH', '2', 'depth', '{ customers { nodes { id } } }'],
    ['MAX_ALIASES', '1', 'aliases', '{ a: __typename b: __typename }'],
    ['MAX_ROOT_FIELDS', '1', 'rootFields', '{ __typename __typename }'],
    ['MAX_DIRECTIVES', '1', 'directives', '{ __typename @skip(if: true) @include(if: true) }'],
    ['MAX_REPEATED_FIELDS', '1', 'repeatedFields', '{ __typename __typename __typename }'],
    ['MAX_TOKENS', '3', 'tokens', '{ __typename __typename }'],
    ['MAX_SELECTIONS', '2', 'selections', '{ customers { nodes { id } } }'],
    ['MAX_OPERATIONS', '1', 'operations', 'query A { __typename } query B { __typename }'],
    ['MAX_QUERY_BYTES', '20', 'queryBytes', '{ customers { totalCount } }'],
  ])('%s=%s moves the limit of %s', async (name, value, limit, query) => {
    const own = await startStack({ sandbox: { customers: 1 }, env: { [name]: value } });
    try {
      const { errors } = await own.execute(query, { x: [1] });
      expect(errors).toMatchObject([{ extensions: { limit, maximum: Number(value) } }]);
      expect(own.sandbox.log.all()).toEqual([]);
    } finally {
      await own.close();
    }
  });

  it.each([1, 2, 3, 4])('names every exceeded limit of a document with the count found, request %i', async () => {
    const { status, errors } = await stack.execute(`{ ${list(51, (n) => `a${n}: __typename`)} ${deep(13)} }`);
    expect([status, errors]).toEqual([
      400,
      [
        {
          message:
            'This request has more than 12 levels of fields (14), and more than 50 aliases (51), and more than 50 root fields (52).',
          extensions: {
            code: 'OPERATION_LIMIT_EXCEEDED',
            limit: 'depth',
            maximum: 12,
            limits: [
              { limit: 'depth', maximum: 12, found: 14 },
              { limit: 'aliases', maximum: 50, found: 51 },
              { limit: 'rootFields', maximum: 50, found: 52 },
            ],
          },
        },
      ],
    ]);
  });

  it('names nesting and lists of the variables together', async () => {
    const { errors } = await stack.execute('{ __typename }', {
      x: nested(40),
      y: Array.from({ length: 1001 }, () => 1),
    });
    expect(errors?.[0]?.extensions).toMatchObject({
      limits: [
        { limit: 'jsonDepth', maximum: 40, found: 42 },
        { limit: 'listItems', maximum: 1000, found: 1001 },
      ],
    });
  });

  it('counts the tokens of a document past their limit', async () => {
    const { errors } = await stack.execute(`{ __typename ${list(3_000, () => '@a')} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ limits: [{ limit: 'tokens', maximum: 2000, found: 6003 }] });
  });

  it('names an answer that is too large together with its cost, and the page size that fits both', async () => {
    const query = `query ($n: Int) { customers(first: $n) { nodes { users(first: $n) { nodes { ${list(50, (n) => `a${n}: id`)} } } } } }`;
    for (const _ of [1, 2, 3, 4]) {
      const { status, errors } = await stack.execute(query, { n: 500 });
      expect([status, errors?.[0]?.extensions]).toMatchObject([
        400,
        {
          code: 'OPERATION_LIMIT_EXCEEDED',
          limit: 'resultFields',
          first: 141,
          limits: [
            { limit: 'resultFields', maximum: 1_000_000, found: expect.any(Number) as number },
            { limit: 'upstreamRequests', maximum: 250, found: 501 },
          ],
        },
      ]);
    }
    expect(stack.sandbox.log.all()).toEqual([]);
    const one = await stack.execute(query, { n: 1 });
    expect(one.errors).toBeUndefined();
  });

  it('tells the limit of upstream requests in the same words', async () => {
    const { status, errors } = await stack.execute('{ customers(first: 500) { nodes { users { totalCount } } } }');
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        extensions: {
          limit: 'upstreamRequests',
          maximum: 250,
          needed: 501,
          first: 249,
          limits: [{ limit: 'upstreamRequests', maximum: 250, found: 501 }],
        },
      },
    ]);
    expect(errors?.[0]?.message).toContain('needs 501 upstream requests, and one operation may cost 250 at most');
    expect(stack.sandbox.log.all()).toEqual([]);
    const fitting = await stack.execute('{ customers(first: 249) { nodes { users { totalCount } } } }');
    expect(fitting.errors).toBeUndefined();
  });

  it('refuses compressed bodies', async () => {
    const response = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ query: ONE_ID })),
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

describe('clients that take their time', () => {
  const converse = async ({ gateway }: Stack, text: string): Promise<string> => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.on('error', () => undefined);
    socket.write(text);
    const drip = setInterval(() => socket.write('x'), 50);
    await once(socket, 'close');
    clearInterval(drip);
    return received;
  };

  it.each([
    ['headers', 'POST /graphql HTTP/1.1\r\nhost: x\r\nx-drip: '],
    ['body', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{'],
  ])('are cut off where they drip their %s', async (_, text) => {
    const hasty = await startStack({ env: { ARRIVAL_TIMEOUT_MS: '300' } });
    const answer = await converse(hasty, text);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toMatch(/x-content-type-options: nosniff/);
    expect(hasty.sandbox.log.all()).toEqual([]);
    await hasty.close();
  });

  it.each([
    ['headers past 16 kB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', 'HELLO\r\n\r\n', 400],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', 400],
  ])('are refused where they send %s', async (_, text, status) => {
    expect(await converse(stack, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*"code":"BAD_REQUEST"`));
  });
});
