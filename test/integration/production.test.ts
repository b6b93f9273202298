import { getIntrospectionQuery } from 'graphql';
import { startStack, type Stack } from '../support/start-stack.js';

const SCHEMA_READERS = [getIntrospectionQuery(), '{ __type(name: "Customer") { name } }', '{ _service { sdl } }'];
const WRONG_INPUT = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { code } } }';

const page = async (
  { gateway }: Stack,
  path: string,
): Promise<{ status: number; text: string; type: string | null }> => {
  const response = await fetch(gateway.url + path, { headers: { accept: 'text/html' } });
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
};

describe.each(['production', 'production ', 'production\r'])('with NODE_ENV=%j', (NODE_ENV) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ env: { NODE_ENV } });
  });
  afterAll(() => stack.close());
  afterEach(() => {
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each(SCHEMA_READERS)('a stranger does not get to read the schema by %s', async (query) => {
    const { data, errors } = await stack.execute(query, {}, {});
    expect(data).toBeUndefined();
    expect(['GRAPHQL_VALIDATION_FAILED', 'UNAUTHENTICATED']).toContain(errors?.[0]?.extensions.code);
  });

  it.each(SCHEMA_READERS.slice(0, 2))('a caller does not get to introspect by %s', async (query) => {
    const { errors } = await stack.execute(query);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(errors)).not.toMatch(/apollo/i);
  });

  it('a router with a credential still reads the subgraph', async () => {
    expect(await stack.data('{ _service { sdl } }')).toHaveProperty(
      '_service.sdl',
      expect.stringContaining('type Customer'),
    );
  });

  it('a stranger may ask whether anyone is there', async () => {
    expect((await stack.execute('{ __typename }', {}, {})).data).toEqual({ __typename: 'Query' });
  });

  it.each([
    ['a field', '{ customer(id: 1) { companyNam } }', {}],
    ['an argument', '{ customer(idd: 1) { id } }', {}],
    ['a type', '{ customer(id: 1) { ... on Custome { id } } }', {}],
    ['an enum value', '{ customers(orderBy: [{ field: COMPANY_NAM }]) { totalCount } }', {}],
    ['an input field', WRONG_INPUT, { input: { companyNam: 'x' } }],
  ])('no name is suggested for %s', async (_, query, variables) => {
    const { errors } = await stack.execute(query, variables);
    expect(errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean|stacktrace|node_modules/i);
  });

  it.each(['/', '/graphql'])('no page is at %s', async (path) => {
    const { status, text, type } = await page(stack, path);
    expect([status, type]).toEqual([path === '/' ? 404 : 406, 'application/json; charset=utf-8']);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});

describe('with NODE_ENV=production, each switched on again', () => {
  it('INTROSPECTION=on opens the schema, and suggests no names still', async () => {
    const stack = await startStack({ env: { NODE_ENV: 'production', INTROSPECTION: 'on' } });
    try {
      for (const query of SCHEMA_READERS) expect((await stack.execute(query, {}, {})).errors).toBeUndefined();
      expect((await stack.execute('{ customer(id: 1) { companyNam } }')).errors?.[0]?.message).not.toMatch(/did you/i);
    } finally {
      await stack.close();
    }
  });

  it('QUERY_PAGE=on serves the page', async () => {
    const stack = await startStack({ env: { NODE_ENV: 'production', QUERY_PAGE: 'on' } });
    try {
      expect(await page(stack, '/')).toMatchObject({ status: 200, text: expect.stringContaining('<!doctype html>') });
    } finally {
      await stack.close();
    }
  });
});

describe('in development, each switched off', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ env: { INTROSPECTION: 'off', QUERY_PAGE: 'off' } });
  });
  afterAll(() => stack.close());

  it('the schema is closed, and names are suggested still', async () => {
    expect((await stack.execute(getIntrospectionQuery())).errors?.[0]?.extensions.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect((await stack.execute('{ customer(id: 1) { companyNam } }')).errors?.[0]?.message).toMatch(/Did you mean/);
  });

  it('there is no page', async () => {
    expect(await page(stack, '/')).toMatchObject({ status: 404 });
  });
});
