import { createConfig, lintFromString } from '@redocly/openapi-core';
import createClient from 'openapi-fetch';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { findProblemsInTypes } from '../docs/find-problems-in-types.js';
import { FIRST, startDoors, type Doors } from '../support/start-doors.js';

const MORE = `
  query Anything($filter: UserFilter!, $order: [UserOrder!], $at: Date, $by: Long = 7) {
    __typename
    page: customers(first: 1, filter: { createdAt: { gte: $at }, quotaMax: { gte: $by } }) {
      nodes { id ...Users users(first: 1) @skip(if: false) { totalCount } }
    }
    customerByUuid(customerUuid: "x") { id }
  }
  fragment Users on Customer {
    users(first: 1) { nodes { userName ... on User { email } } }
    filtered: users(filter: $filter, orderBy: $order) { totalCount }
  }
  query Entities { _entities(representations: []) { __typename ... on Customer { id } ... on Webhook { name } } }
`;

let doors: Doors;
let document: OpenAPI3;
beforeAll(async () => {
  doors = await startDoors({ sandbox: { customers: 30 } }, MORE);
  document = (await (await doors.request('/openapi.json', { headers: {} })).json()) as OpenAPI3;
});
afterAll(() => doors.close());

/** The schema of the data of a query. */
const dataOf = (name: string): unknown =>
  JSON.parse(JSON.stringify(document.paths?.[`/api/${name}`])).get.responses[200].content['application/json'].schema
    .properties.data;

const RULES = [
  'struct',
  'no-unresolved-refs',
  'operation-operationId-unique',
  'operation-parameters-unique',
  'security-defined',
];

/** What is wrong with an OpenAPI document. */
async function problemsOf(openapi: object): Promise<string[]> {
  const config = await createConfig({ rules: Object.fromEntries(RULES.map((rule) => [rule, 'error' as const])) });
  const problems = await lintFromString({ source: JSON.stringify(openapi), absoluteRef: 'openapi.json', config });
  return problems.map(({ message, location }) => `${location[0]?.pointer} ${message}`);
}

describe('/openapi.json', () => {
  it('is a valid OpenAPI document', async () => {
    expect(Object.keys(document.paths ?? {})).toHaveLength(8);
    expect(await problemsOf(document)).toEqual([]);
    expect(await problemsOf({ ...document, paths: { '/api/x': { get: { response: {} } } } })).not.toEqual([]);
  });

  it('describes variables with their types, defaults and descriptions', () => {
    expect(document.paths?.['/api/CustomerList']).toMatchObject({
      get: {
        description: 'Customers of the provider, a page at a time.',
        parameters: [
          {
            in: 'query',
            name: 'first',
            required: false,
            description: 'Number of customers to return, 1 to 500.',
            schema: { type: 'integer', default: 50 },
          },
          { name: 'after', schema: { type: 'string' } },
          {
            name: 'filter',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/CustomerFilter' } } },
          },
        ],
      },
    });
    expect(document.paths?.['/api/SetCustomerQuota']).toMatchObject({
      post: {
        requestBody: {
          content: { 'application/json': { schema: { required: ['id', 'quotaMax'], additionalProperties: false } } },
        },
      },
    });
  });

  it('describes results by what is selected: names, fragments, conditions, and what errors alone make null', () => {
    expect(dataOf('Anything')).toMatchObject({
      required: ['__typename', 'page', 'customerByUuid'],
      properties: {
        page: {
          type: 'object',
          properties: {
            nodes: {
              type: 'array',
              items: {
                required: ['id', 'users', 'filtered'],
                properties: {
                  users: {
                    required: ['nodes'],
                    properties: { nodes: { items: { required: ['userName', 'email'] } } },
                  },
                },
              },
            },
          },
        },
        customerByUuid: { type: ['object', 'null'] },
      },
    });
    expect(dataOf('Entities')).toMatchObject({
      properties: { _entities: { items: { required: ['__typename'], properties: { id: {}, name: {} } } } },
    });
  });

  it('names the media types of files, with their columns, and describes their end as it is sent', async () => {
    const contentOf = (name: string): Record<string, unknown> =>
      JSON.parse(JSON.stringify(document.paths?.[`/api/${name}`])).get.responses[200].content;
    expect(Object.keys(contentOf('CustomerById'))).toEqual(['application/json']);
    expect(contentOf('CustomerList')).toMatchObject({
      'text/csv': { schema: { description: expect.stringMatching(/columns id, companyName, .*`File-End`/) as string } },
      'application/jsonl': { schema: { type: 'string' } },
    });
    const accept = { ...FIRST, accept: 'application/jsonl' };
    const lines = (await (await doors.request('/api/CustomerList', { headers: accept })).text()).trimEnd().split('\n');
    const { end } = JSON.parse(lines.at(-1) ?? '') as { end: object };
    const { required, properties } = document.components?.schemas?.['FileEnd'] as {
      required: string[];
      properties: object;
    };
    expect(Object.keys(end)).toEqual(required);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(required));
  });

  it.each<[string, Record<string, string>, object]>([
    ['token', {}, { type: 'apiKey', in: 'header', name: 'X-Sds-Service-Token' }],
    [
      'jwt',
      {
        JWT_JWKS_URL: 'http://127.0.0.1:1/keys',
        JWT_ISSUER: 'https://issuer.example',
        JWT_AUDIENCE: 'gateway',
        UPSTREAM_TOKEN: FIRST['x-sds-service-token'],
      },
      { type: 'http', scheme: 'bearer' },
    ],
  ])('names the credential with AUTH_MODE=%s', async (mode, env, scheme) => {
    const other = await startDoors({ sandbox: { customers: 1 }, env: { AUTH_MODE: mode, ...env } });
    const described = (await (await other.request('/openapi.json')).json()) as OpenAPI3;
    expect(described.components?.securitySchemes).toMatchObject({ credential: scheme });
    expect(described.security).toEqual([{ credential: [] }]);
    await other.close();
  });

  it('names the header that a GET needs without credentials', async () => {
    const env = { AUTH_MODE: 'none', UPSTREAM_TOKEN: FIRST['x-sds-service-token'] };
    const other = await startDoors({ sandbox: { customers: 1 }, env });
    const described = (await (await other.request('/openapi.json')).json()) as OpenAPI3;
    expect(described.paths?.['/api/CustomerById']).toMatchObject({
      get: { parameters: [{ name: 'id' }, { in: 'header', name: 'GraphQL-Require-Preflight', required: true }] },
    });
    expect(described.security).toEqual([]);
    expect(await problemsOf(described)).toEqual([]);
    await other.close();
  });

  it('is not there if clients may not read the schema', async () => {
    const other = await startDoors({ sandbox: { customers: 1 }, env: { INTROSPECTION: 'off' } });
    expect((await other.request('/openapi.json')).status).toBe(404);
    expect((await other.request('/api/CustomerById?id=1')).status).toBe(200);
    await other.close();
  });

  it('is read by GET, and by HEAD without its body', async () => {
    const posted = await doors.request('/openapi.json', { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await (await doors.request('/openapi.json', { method: 'HEAD' })).text()).toBe('');
  });
});

describe('a client generated from /openapi.json', () => {
  const PROGRAM = `// program.ts
import createClient from 'openapi-fetch';
import type { paths } from './client.js';

const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: 'http://127.0.0.1:4000' });
const { data, error } = await client.GET('/api/CustomersByIds', { params: { query: { ids: ['1', '2'] } } });
export const names: string[] | undefined = data?.data.customersByIds.map((customer) => customer?.companyName ?? '');
export const code: string | undefined = error?.code;
const list = await client.GET('/api/CustomerList', { params: { query: { first: 2, filter: '{"isLocked":{"eq":true}}' } } });
export const quota: number | string | undefined = list.data?.data.customers.nodes[0]?.quotaMax;
const locked = await client.POST('/api/LockCustomer', { body: { id: '5', isLocked: true } });
export const isLocked: boolean | null | undefined = locked.data?.data.updateCustomer.customer?.isLocked;
`;

  it('has types that fit', async () => {
    const client = `// client.ts\n${astToString(await openapiTS(document))}`;
    expect(findProblemsInTypes([client, PROGRAM])).toEqual([[], []]);
    const wrong = PROGRAM.replace("ids: ['1', '2']", 'ids: [true]').replace("id: '5'", 'idd: 5');
    expect(findProblemsInTypes([client, wrong])[1]).toHaveLength(2);
  });

  it('gets what it asks for', async () => {
    const client = createClient<Record<string, never>>({ baseUrl: doors.gateway.url, headers: FIRST }) as unknown as {
      GET: (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>;
      POST: (path: string, init: object) => Promise<{ data?: unknown; error?: unknown }>;
    };
    const byIds = await client.GET('/api/CustomersByIds', { params: { query: { ids: ['1', '2'] } } });
    expect(byIds.data).toMatchObject({ data: { customersByIds: [{ id: '1' }, { id: '2' }] } });
    const list = await client.GET('/api/CustomerList', {
      params: { query: { first: 1, filter: '{"isLocked":{"eq":true}}' } },
    });
    expect(list.data).toMatchObject({ data: { customers: { nodes: [{ isLocked: true }] } } });
    const wrong = await client.GET('/api/CustomersByIds', { params: { query: { id: '1' } } });
    expect(wrong.error).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    const locked = await client.POST('/api/LockCustomer', { body: { id: '5', isLocked: true } });
    expect(locked.data).toMatchObject({ data: { updateCustomer: { customer: { id: '5', isLocked: true } } } });
  });
});
