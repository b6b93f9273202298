import { getIntrospectionQuery } from 'graphql';
import { startStack, type ClientError, type Stack } from '../support/start-stack.js';

const STRANGER = { 'x-sds-service-token': 'made-up' };
const ANONYMOUS = {};

interface Sent {
  status: number;
  characters: number;
  data: unknown;
  errors: ClientError[];
}

const list = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(' ');

const SCALARS =
  'id customerUuid companyName customerContractType activationCode providerCustomerId isLocked lockStatus quotaMax quotaUsed userMax userUsed cntInternalUser cntGuestUser webhooksMax trialDaysLeft createdAt updatedAt lastLoginAt';

const leftOut = (count: number): object => ({
  message: `${count} further errors were omitted.`,
  extensions: { code: 'ERRORS_LEFT_OUT', leftOut: count },
});

describe('an answer', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 120 }, env: { MAX_EVENT_LOOP_DELAY_MS: '0' } });
    // The upstream has accepted the credential from here on.
    await stack.data('{ customer(id: 1) { id } }');
  });
  afterAll(() => stack.close());
  beforeEach(() => {
    stack.sandbox.faults.clear();
    stack.sandbox.log.clear();
  });

  /** Sends a request four times and expects the same answer each time. */
  async function send(query: string, variables?: object, headers?: Record<string, string>): Promise<Sent> {
    const answers: Sent[] = [];
    for (let time = 0; time < 4; time += 1) {
      const { status, data, errors = [] } = await stack.execute(query, variables, headers);
      answers.push({ status, characters: JSON.stringify({ data, errors }).length, data, errors });
    }
    const [first, ...others] = answers;
    for (const other of others) expect(other).toEqual(first);
    if (!first) throw new Error('nothing was sent');
    return first;
  }

  async function expectRefusal(limit: string, query: string, variables?: object, headers?: object): Promise<void> {
    const { status, errors, characters } = await send(query, variables, headers as Record<string, string>);
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_LIMIT_EXCEEDED', limit } }]);
    expect([status, characters < 500]).toEqual([400, true]);
    expect(stack.sandbox.log.all()).toEqual([]);
  }

  const nothings = (count: number): object[] => Array.from({ length: count }, () => ({}));

  it.each([
    ['a made-up credential', STRANGER],
    ['a proven credential', undefined],
  ])('refuses representations past the limit, counted over all aliases, of %s', async (_who, headers) => {
    const many = (count: number): string =>
      `query ($r: [_Any!]!) { ${list(count, (n) => `a${n}: _entities(representations: $r) { __typename }`)} }`;
    await expectRefusal('representations', many(50), { r: nothings(1_000) }, headers);
    await expectRefusal('representations', many(2), { r: nothings(501) }, headers);
    expect((await send(many(2), { r: nothings(60) }, headers)).status).toBe(200);
  });

  it('has 100 errors at most, the last of which says how many were left out', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const { data, errors, characters } = await send(query, { r: nothings(250) });
    expect(data).toEqual({ _entities: Array.from({ length: 250 }, () => null) });
    expect(errors).toHaveLength(100);
    expect(errors.slice(0, 99).every(({ extensions }) => extensions.code === 'BAD_USER_INPUT')).toBe(true);
    expect(errors[99]).toEqual(leftOut(151));
    expect(characters).toBeLessThan(50_000);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('has every error if there are 100', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const { errors } = await send(query, { r: nothings(100) });
    expect(new Set(errors.map(({ path }) => JSON.stringify(path))).size).toBe(100);
  });

  it('has all its data beside the errors that are left out', async () => {
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const page = json as { items: object[] };
          return { ...page, items: page.items.map((item) => ({ ...item, trialDaysLeft: 'many' })) };
        },
      },
    });
    const { data, errors } = await send(
      '{ customers(first: 120) { nodes { id trialDaysLeft other: trialDaysLeft } } }',
    );
    expect((data as { customers: { nodes: object[] } }).customers.nodes).toHaveLength(120);
    expect(errors[0]).toMatchObject({ path: ['customers', 'nodes', 0, 'trialDaysLeft'] });
    expect(errors.slice(98)).toEqual([
      expect.objectContaining({ path: ['customers', 'nodes', 49, 'trialDaysLeft'] }),
      leftOut(141),
    ]);
    expect(stack.sandbox.log.all()).toHaveLength(4);
  });

  it('bounds errors of arguments, which each item of a list repeats', async () => {
    const query = (fields: number): string =>
      `query ($key: String = "a") { customers(first: 120) { nodes { customerAttributes { ${list(fields, (n) => `a${n}: value(key: $key)`)} } } } }`;
    const { errors, characters } = await send(query(2), { key: null });
    expect(errors).toHaveLength(100);
    expect(errors[99]).toEqual(leftOut(141));
    expect(characters).toBeLessThan(50_000);
    stack.sandbox.log.clear();
    await expectRefusal('resultFields', query(40), { key: null });
    const condition =
      'query ($yes: Boolean = true) { customers(first: 300) { nodes { customerAttributes { ...F } } } } fragment F on CustomerAttributes';
    await expectRefusal(
      'resultFields',
      `${condition} { ${list(30, (n) => `a${n}: value(key: "k") @include(if: $yes)`)} }`,
      { yes: null },
    );
  });

  it('bounds errors of variables, and their texts', async () => {
    const filter = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`unknown${n}`, 'x']));
    const { errors, characters } = await send(
      'query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }',
      { filter },
    );
    expect(errors.length).toBeLessThanOrEqual(11);
    expect(characters).toBeLessThan(20_000);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('bounds errors of validation, and their texts', async () => {
    const unknown = await send(
      `{ ${list(49, (n) => `a${n}: nothing`)} customers { nodes { ${list(60, (n) => `b${n}`)} } } }`,
    );
    expect(unknown.errors).toHaveLength(100);
    expect(unknown.errors[99]?.message).toMatch(/error limit reached/);
    const long = await send(`query ${'N'.repeat(15_000)} { ${list(45, (n) => `a${n}: customer(id: $id) { id }`)} }`);
    expect(long.errors).toHaveLength(45);
    expect(long.characters).toBeLessThan(60_000);
  });

  it.each([
    [
      'aliases in long lists',
      `{ ${list(18, (n) => `c${n}: customers(first: 500, offset: ${n}) { nodes { ...C } edges { node { ...C } } }`)} } fragment C on Customer { ${list(24, (n) => `a${n}: id`)} ${SCALARS} customerAttributes { items { key value } } }`,
    ],
    [
      'a long alias in long lists',
      `{ ${list(45, (n) => `c${n}: customers(first: 500, offset: ${n}) { nodes { ...A } }`)} } fragment A on Customer { ${'L'.repeat(16_000)}: id }`,
    ],
    [
      'lists in lists',
      '{ customers(first: 240) { nodes { users(first: 500) { nodes { id userName firstName lastName email phone isLocked login } edges { cursor node { id } } } } } }',
    ],
  ])('refuses %s before the first upstream request', async (_what, query) => {
    await expectRefusal('resultFields', query);
  });

  it.each([
    [
      'the schema',
      `{ __schema { types { ...T } } } fragment T on __Type { ${list(24, (n) => `a${n}: fields { ...F }`)} } fragment F on __Field { ${list(24, (n) => `b${n}: description`)} }`,
    ],
    [
      'the schema by aliases',
      `{ ${list(45, (n) => `a${n}: __schema { types { fields { name description args { name description } } } }`)} }`,
    ],
    [
      'the SDL',
      `{ ${list(24, (n) => `a${n}: _service { ...S }`)} } fragment S on _Service { ${list(24, (n) => `b${n}: sdl`)} }`,
    ],
  ])('refuses %s many times over to an anonymous caller', async (_what, query) => {
    await expectRefusal('resultFields', query, undefined, ANONYMOUS);
  });

  it('has the whole schema and the SDL for an anonymous caller', async () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true }).replace(
      'query IntrospectionQuery {',
      'query IntrospectionQuery { _service { sdl }',
    );
    expect((await stack.execute(query, undefined, ANONYMOUS)).errors).toBeUndefined();
  });

  it('refuses a page size as before, whatever is selected below it', async () => {
    const { errors } = await send('{ customers(first: 100000000) { nodes { users { totalCount } } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'first' } }]);
    const mixed =
      '{ a: customers(first: -500) { nodes { ...U } } b: customers(first: 500) { nodes { ...U } } } fragment U on Customer { users { totalCount } }';
    await expectRefusal('upstreamRequests', mixed);
  });
});
