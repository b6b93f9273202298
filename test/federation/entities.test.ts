import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';

interface Entities {
  _entities: (Record<string, unknown> | null)[];
}

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.sandbox.log.clear();
  stack.sandbox.faults.clear();
});

const entities = (selection: string, representations: readonly unknown[]): Promise<GraphqlAnswer<Entities>> =>
  stack.execute<Entities, { representations: readonly unknown[] }>(
    `query Entities($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    { representations },
  );

const customer = (id: unknown): object => ({ __typename: 'Customer', id });
const webhook = (id: unknown): object => ({ __typename: 'Webhook', id });

/** What reached the sandbox, without the host. */
const requests = (): string[] => stack.sandbox.log.all().map(({ url }) => url.replace('/api/v4/provisioning/', ''));

async function uuidOf(id: string): Promise<string> {
  const { data } = await entities('... on Customer { customerUuid }', [customer(id)]);
  stack.sandbox.log.clear();
  return String(data?._entities[0]?.['customerUuid']);
}

describe('_entities', () => {
  it('answers a join of 30 representations in their order, with one upstream request for each distinct customer at most', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => String((index % 20) + 1));
    const { data, errors } = await entities('... on Customer { id companyName }', ids.map(customer));
    expect(errors).toBeUndefined();
    expect(data?._entities.map((entity) => entity?.['id'])).toEqual(ids);
    expect(data?._entities[20]).toEqual(data?._entities[0]);
    expect(new Set(data?._entities.map((entity) => entity?.['companyName'])).size).toBe(20);
    expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(20);
  });

  it('answers 1,000 representations', async () => {
    const ids = Array.from({ length: 1000 }, (_, index) => String((index % 100) + 1));
    const { data, errors } = await entities('__typename ... on Customer { id quotaUsed }', ids.map(customer));
    expect(errors).toBeUndefined();
    expect(data?._entities.map((entity) => entity?.['id'])).toEqual(ids);
    expect(stack.sandbox.log.all().length).toBeLessThanOrEqual(100);
  });

  it('answers 1,000 different customers', async () => {
    const large = await startStack({ sandbox: { customers: 1100 } });
    try {
      const ids = Array.from({ length: 1000 }, (_, index) => String(index + 1));
      const { _entities } = await large.data<Entities, { representations: object[] }>(
        `query ($representations: [_Any!]!) {
          _entities(representations: $representations) { ... on Customer { id companyName } }
        }`,
        { representations: ids.map(customer) },
      );
      expect(_entities.map((entity) => entity?.['id'])).toEqual(ids);
      expect(large.sandbox.log.all().length).toBeLessThanOrEqual(1000);
    } finally {
      await large.close();
    }
  });

  it('takes ids as strings and numbers and customers by UUID, mixed with webhooks, in one call', async () => {
    const uuid = await uuidOf('5');
    const { data, errors } = await entities(
      '__typename ... on Customer { id companyName } ... on Webhook { id name }',
      [
        customer(3),
        webhook(7),
        { __typename: 'Customer', customerUuid: uuid.toUpperCase() },
        webhook('8'),
        customer('3'),
      ],
    );
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([
      { __typename: 'Customer', id: '3', companyName: expect.any(String) as string },
      { __typename: 'Webhook', id: '7', name: expect.any(String) as string },
      { __typename: 'Customer', id: '5', companyName: expect.any(String) as string },
      { __typename: 'Webhook', id: '8', name: expect.any(String) as string },
      { __typename: 'Customer', id: '3', companyName: data?._entities[0]?.['companyName'] },
    ]);
    expect(stack.sandbox.log.of('requestListOfTenantWebhooks')).toHaveLength(1);
  });

  it('goes by the id if a representation holds both keys', async () => {
    const other = await uuidOf('6');
    const { data } = await entities('... on Customer { id customerUuid }', [{ ...customer('5'), customerUuid: other }]);
    expect(data?._entities[0]?.['id']).toBe('5');
    expect(data?._entities[0]?.['customerUuid']).not.toBe(other);
  });
});

describe('64-bit keys', () => {
  it.each(['9007199254740993', '9223372036854775807'])('stay exact: %s', async (id) => {
    const inVariables = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
      // As raw text: JSON.stringify would round the number.
      body: `{"query":"query($r:[_Any!]!){_entities(representations:$r){... on Customer{id isLocked}}}","variables":{"r":[{"__typename":"Customer","id":${id}}]}}`,
    });
    expect(await inVariables.json()).toEqual({
      data: { _entities: [{ id, isLocked: expect.any(Boolean) as boolean }] },
    });

    const inLiteral = await stack.execute<Entities, { id: string }>(
      `query ($id: ID!) {
        _entities(representations: [{ __typename: "Customer", id: ${id} }, { __typename: "Customer", id: $id }]) {
          ... on Customer { id }
        }
      }`,
      { id },
    );
    expect(inLiteral.data).toEqual({ _entities: [{ id }, { id }] });
    expect(requests()).toEqual([`customers/${id}?include_attributes=false`]);
  });
});

describe('what an entity asks the upstream for', () => {
  it.each([
    ['its type', '__typename', customer('1')],
    ['its id', '__typename ... on Customer { id }', customer('1')],
    ['another type', '... on Webhook { id name }', customer('1')],
    ['what is skipped', '... on Customer { id companyName @skip(if: true) }', customer('1')],
    [
      'its UUID',
      '... on Customer { customerUuid }',
      { __typename: 'Customer', customerUuid: '123e4567-e89b-12d3-a456-426614174000' },
    ],
    ['the id of a webhook', '... on Webhook { id } ... on Customer { companyName }', webhook('1')],
  ])('is nothing for %s', async (_what, selection, representation) => {
    const { data, errors } = await entities(selection, [representation]);
    expect(errors).toBeUndefined();
    expect(data?._entities).toHaveLength(1);
    expect(data?._entities[0]).not.toBeNull();
    expect(requests()).toEqual([]);
  });

  it('is its users alone for an id', async () => {
    const { data } = await entities('... on Customer { id users(first: 2) { nodes { id } } }', [customer('4')]);
    expect(data?._entities[0]).toMatchObject({ id: '4', users: { nodes: expect.any(Array) as unknown[] } });
    expect(stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomerUsers']);
  });

  it('is attributes only where they are selected on the type', async () => {
    await entities('... on Customer { companyName }', [customer('44')]);
    await entities(
      '... on Customer { companyName ...Attributes } } } fragment Attributes on Customer { customerAttributes { items { key }',
      [customer('45')],
    );
    expect(requests()).toEqual(['customers/44?include_attributes=false', 'customers/45?include_attributes=true']);
  });
});

describe('an unknown entity', () => {
  it('is null and spares its siblings', async () => {
    const { data, errors } = await entities('... on Customer { id companyName } ... on Webhook { id name }', [
      customer('999999'),
      { __typename: 'Customer', customerUuid: '123e4567-e89b-12d3-a456-426614174000' },
      customer('1'),
      webhook('999999'),
      webhook('1'),
    ]);
    expect(errors).toBeUndefined();
    expect(data?._entities.map((entity) => entity?.['id'])).toEqual([undefined, undefined, '1', undefined, '1']);
    expect(data?._entities.map((entity) => entity === null)).toEqual([true, true, false, true, false]);
  });

  it('is distinguished from one that could not be read', async () => {
    stack.sandbox.faults.add({ match: { path: /customers/ }, action: { kind: 'respond', status: 500, body: {} } });
    const { data, errors } = await entities('... on Customer { companyName } ... on Webhook { name }', [
      webhook('31'),
      customer('82'),
    ]);
    expect(data?._entities.map((entity) => entity === null)).toEqual([false, true]);
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'UPSTREAM_ERROR' } }]);
  });
});

describe('a malformed representation', () => {
  const UUID = '123e4567-e89b-12d3-a456-426614174000';

  it.each([
    ['no key', { __typename: 'Customer' }, 'representations.1'],
    ['a null key', { __typename: 'Webhook', id: null }, 'representations.1'],
    ['no type', { id: '1' }, 'representations.1.__typename'],
    ['an unknown type', { __typename: 'Nothing', id: '1' }, 'representations.1.__typename'],
    ['a type without a key', { __typename: 'User', id: '1' }, 'representations.1.__typename'],
    ['a name that every object has', { __typename: 'constructor', id: '1' }, 'representations.1.__typename'],
    ['a type that is no text', { __typename: 7, id: '1' }, 'representations.1.__typename'],
    ['a text', 'Customer', 'representations.1'],
    ['a list', [customer('1')], 'representations.1'],
    ['id zero', customer(0), 'representations.1.id'],
    ['a negative id', customer(-1), 'representations.1.id'],
    ['a fractional id', customer(1.5), 'representations.1.id'],
    ['an id past 64 bits', customer('9223372036854775808'), 'representations.1.id'],
    ['an id with an exponent', customer(1e21), 'representations.1.id'],
    ['an id with more in it', customer('1/users'), 'representations.1.id'],
    ['an empty id', customer(''), 'representations.1.id'],
    ['an id that is a boolean', webhook(true), 'representations.1.id'],
    ['an id that is an object', webhook({ id: 1 }), 'representations.1.id'],
    ['a bad UUID', { __typename: 'Customer', customerUuid: `${UUID}0` }, 'representations.1.customerUuid'],
    ['a UUID that is a number', { __typename: 'Customer', customerUuid: 12 }, 'representations.1.customerUuid'],
    ['a bad UUID beside an id', { ...customer('1'), customerUuid: 'x y' }, 'representations.1.customerUuid'],
    ['a webhook by UUID', { __typename: 'Webhook', customerUuid: UUID }, 'representations.1'],
  ])('is an error of its own: %s', async (_what, malformed, argument) => {
    const { status, data, errors } = await entities('... on Customer { id companyName } ... on Webhook { id name }', [
      customer('1'),
      malformed,
      customer('2'),
    ]);
    expect(status).toBe(200);
    expect(data?._entities.map((entity) => entity?.['id'])).toEqual(['1', undefined, '2']);
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(requests().length).toBeLessThanOrEqual(2);
  });

  it('makes no upstream call by itself', async () => {
    const { data, errors } = await entities('... on Customer { companyName }', [customer('0'), customer('x')]);
    expect(data?._entities).toEqual([null, null]);
    expect(errors?.map(({ path }) => path)).toEqual([
      ['_entities', 0],
      ['_entities', 1],
    ]);
    expect(requests()).toEqual([]);
  });
});

describe('access', () => {
  it('to entities takes a token, and to the SDL takes none', async () => {
    const refused = await stack.execute<Entities, never>(
      '{ _entities(representations: []) { __typename } }',
      undefined,
      {},
    );
    expect(refused.status).toBe(401);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);

    const sdl = '{ __typename _service { sdl } }';
    const { data, errors } = await stack.execute<{ _service: { sdl: string } }, never>(sdl, undefined, {});
    expect(errors).toBeUndefined();
    expect(data?._service.sdl).toContain('type Customer @key(fields: "id") @key(fields: "customerUuid")');

    const both = await stack.execute('{ _service { sdl } customers { totalCount } }', undefined, {});
    expect(both.status).toBe(401);
    expect(requests()).toEqual([]);
  });
});
