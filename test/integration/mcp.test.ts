import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { freezeClocks } from '../support/freeze-clocks.js';
import { createGate } from '../support/gate.js';
import { recordLog } from '../support/log-lines.js';
import { problemIn, REVISIONS, startAgent, type Agent } from '../support/start-agent.js';
import { FIRST, startDoors, type Doors } from '../support/start-doors.js';
import { untilTaken } from '../support/until-taken.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });
const MORE = `
  query ByQuota($quotaMax: Long!) { customers(filter: { quotaMax: { gte: $quotaMax } }) { totalCount } }
  query WithUsers($first: Int!) { customers(first: $first) { nodes { id users(first: 500) { totalCount } } } }
  query OldLock($id: ID!) { customer(id: $id) { lockStatus } }
  mutation RemoveCustomer($id: ID!) { ...Removal }
  fragment Removal on Mutation { gone: deleteCustomer(input: { id: $id }) { userErrors { code } } }
  mutation AddWebhook($name: String!) {
    createWebhook(input: { name: $name, url: "https://hooks.example", eventTypeNames: ["customer.created"] }) {
      userErrors { code }
    }
  }
`;
const QUERIES = ['CustomerList', 'CustomerById', 'CustomersByIds', 'UsersOfCustomers', 'ByQuota', 'WithUsers'];
const MCP_TOOLS = [...QUERIES, 'OldLock', 'LockCustomer', 'RemoveCustomer', 'AddWebhook'].join(',');
const FOUR_TIMES = [1, 2, 3, 4];
const ACCEPT = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

const send = (doors: Doors, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  doors.request('/mcp', {
    method: 'POST',
    headers: { ...FIRST, ...ACCEPT, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe.each(REVISIONS)('tools by revision %s of the protocol', (revision) => {
  let doors: Doors;
  let agent: Agent;
  beforeAll(async () => {
    doors = await startDoors({ sandbox: { customers: 30 }, env: { MCP_TOOLS } }, MORE);
    agent = await startAgent(doors.gateway.url, { revision });
  });
  afterAll(() => doors.close());
  beforeEach(() => {
    doors.sandbox.log.clear();
    doors.sandbox.faults.clear();
  });

  it('are listed and called in this revision of the protocol', () => {
    expect(agent.client.getNegotiatedProtocolVersion()).toBe(revision);
    expect(agent.client.getServerVersion()).toMatchObject({ name: 'dracoon-graphql-gateway' });
    expect(agent.client.getServerCapabilities()).toEqual({ tools: { listChanged: false } });
  });

  it('are the operations in MCP_TOOLS, described by their documents or else by the schema', async () => {
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name).join(',')).toBe(MCP_TOOLS);
    const [list] = tools;
    expect(list?.description).toBe('Customers of the provider, a page at a time.');
    const { description } = schema.getMutationType()?.getFields()['deleteCustomer'] ?? {};
    expect(tools.find(({ name }) => name === 'RemoveCustomer')?.description).toBe(description);
    expect(list?.inputSchema).toMatchObject({
      properties: { first: { default: 50, description: 'Number of customers to return, 1 to 500.' } },
      additionalProperties: false,
    });
  });

  it('say whether they read, write or destroy, through fragments and aliases too', async () => {
    const { tools } = await agent.client.listTools();
    const hints = new Map(tools.map(({ name, annotations }) => [name, annotations]));
    for (const name of [...QUERIES, 'OldLock']) expect(hints.get(name)).toEqual({ readOnlyHint: true });
    expect(hints.get('RemoveCustomer')).toEqual({ readOnlyHint: false, destructiveHint: true });
    expect(hints.get('LockCustomer')).toEqual({ readOnlyHint: false, destructiveHint: true });
    expect(hints.get('AddWebhook')).toEqual({ readOnlyHint: false, destructiveHint: false });
  });

  it('answer as GraphQL does, with the same upstream requests and in the form that they describe', async () => {
    const { tools } = await agent.client.listTools();
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const calls: [string, Record<string, unknown>][] = [
      ['CustomerList', { first: 2, filter: { isLocked: { eq: false } } }],
      ['CustomerById', { id: '5' }],
      ['CustomersByIds', { ids: ['7', '999', '5'] }],
      ['UsersOfCustomers', { first: 2 }],
      ['WithUsers', { first: 3 }],
    ];
    for (const [name, variables] of calls) {
      const described = tools.find((tool) => tool.name === name);
      for (const _ of FOUR_TIMES) {
        doors.sandbox.log.clear();
        const body = JSON.stringify({ documentId: name, variables });
        const byGraphql = await doors.request('/graphql', { method: 'POST', headers: { ...FIRST, ...ACCEPT }, body });
        const asked = doors.sandbox.log.all().map(({ url }) => url);
        doors.sandbox.log.clear();
        const { structuredContent, content, isError } = await agent.call(name, variables);
        expect(doors.sandbox.log.all().map(({ url }) => url)).toEqual(asked);
        expect(isError).toBeUndefined();
        expect({ data: structuredContent }).toEqual(await byGraphql.json());
        expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
        expect(ajv.validate(described?.outputSchema as AnySchema, structuredContent)).toBe(true);
        expect(ajv.validate(described?.inputSchema as AnySchema, variables)).toBe(true);
      }
    }
  });

  it('perform a mutation once for each call', async () => {
    for (const number of FOUR_TIMES) {
      doors.sandbox.log.clear();
      const isLocked = number % 2 === 1;
      const { structuredContent } = await agent.call('LockCustomer', { id: '5', isLocked });
      expect(structuredContent).toMatchObject({ updateCustomer: { userErrors: [], customer: { id: '5', isLocked } } });
      expect(doors.sandbox.log.of('updateCustomer')).toHaveLength(1);
    }
  });

  it.each<[string, string, Record<string, unknown>, object]>([
    ['an unknown variable', 'CustomerById', { id: '5', idd: '6' }, { status: 400, code: 'BAD_USER_INPUT' }],
    ['a missing variable', 'LockCustomer', { id: '5' }, { status: 400, code: 'BAD_USER_INPUT' }],
    ['a value of another type', 'CustomerList', { first: 'many' }, { status: 400, code: 'BAD_USER_INPUT' }],
    ['too high a cost', 'WithUsers', { first: 500 }, { status: 400, code: 'OPERATION_LIMIT_EXCEEDED' }],
  ])('report %s to the agent, and ask nothing upstream', async (_what, name, variables, problem) => {
    for (const _ of FOUR_TIMES) expect(problemIn(await agent.call(name, variables))).toMatchObject(problem);
    expect(doors.sandbox.log.all()).toEqual([]);
  });

  it('give a part of the data within an error only', async () => {
    doors.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers', path: /\/customers\/2\// },
      action: { kind: 'respond', status: 403, body: {} },
    });
    for (const _ of FOUR_TIMES) {
      const result = await agent.call('WithUsers', { first: 3 });
      expect(result.structuredContent).toBeUndefined();
      expect(problemIn(result)).toMatchObject({
        code: 'FORBIDDEN',
        errors: [{ path: ['customers', 'nodes', 1, 'users'] }],
        data: { customers: { nodes: [{ id: '1' }, { users: null }, { id: '3' }] } },
      });
    }
  });

  it('do not run if the manifest has them and the configuration does not name them', async () => {
    await expect(agent.call('SetCustomerQuota', { id: '5', quotaMax: '2000000' })).rejects.toThrow(
      'There is no tool SetCustomerQuota.',
    );
    expect(doors.sandbox.log.all()).toEqual([]);
  });
});

describe('the endpoint of tools', () => {
  let doors: Doors;
  beforeAll(async () => {
    const env = { MCP_TOOLS, CORS_ORIGINS: 'https://app.example' };
    doors = await startDoors({ sandbox: { customers: 5 }, env }, MORE);
  });
  afterAll(() => doors.close());
  beforeEach(() => doors.sandbox.log.clear());

  it('takes integers exactly', async () => {
    for (const _ of FOUR_TIMES) {
      doors.sandbox.log.clear();
      const call =
        '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ByQuota","arguments":{"quotaMax":9007199254740993}}}';
      expect(await (await send(doors, call)).text()).toContain('"structuredContent":{"customers"');
      expect(doors.sandbox.log.of('requestCustomers')[0]?.query['filter']).toContain('quotaMax:ge:9007199254740993');
    }
  });

  it.each<[string, number, RequestInit]>([
    ['another method', 405, { method: 'GET', headers: { ...FIRST, accept: 'text/event-stream' } }],
    ['several messages at once', 400, { body: JSON.stringify([LIST, LIST]) }],
    ['a body that is no JSON', 400, { body: '{' }],
    ['a body that is no message', 400, { body: '"text"' }],
    ['a body of a form', 415, { headers: { ...FIRST, ...ACCEPT, 'content-type': 'text/plain' } }],
    ['no credential', 401, { headers: ACCEPT }],
    ['a page of another site', 403, { headers: { ...FIRST, ...ACCEPT, origin: 'https://evil.example' } }],
    ['a page without an origin', 403, { headers: { ...FIRST, ...ACCEPT, origin: 'null' } }],
    ['a body that is too large', 413, { body: JSON.stringify({ ...LIST, params: { cursor: 'x'.repeat(300_000) } }) }],
  ])('rejects %s', async (_what, status, init) => {
    const defaults = { method: 'POST', headers: { ...FIRST, ...ACCEPT } };
    const body = init.method === 'GET' ? {} : { body: JSON.stringify(LIST) };
    const response = await doors.request('/mcp', { ...defaults, ...body, ...init });
    expect(response.status).toBe(status);
    if (status === 401)
      expect(response.headers.get('www-authenticate')).toBe('ServiceToken header="X-Sds-Service-Token"');
  });

  it('answers a message as JSON, for programs that read no streams', async () => {
    const response = await send(doors, LIST);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatchObject({ id: 1, result: { tools: expect.any(Array) as unknown[] } });
  });

  it('holds no stream open for a client that listens for changes', async () => {
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const params = { _meta, notifications: { toolsListChanged: true } };
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' };
    const response = await send(doors, { ...LIST, method: 'subscriptions/listen', params }, headers);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(await response.text()).toContain('"resultType":"complete"');
  });

  it('serves pages of its own and of allowed origins', async () => {
    for (const origin of [doors.gateway.url, 'https://app.example'])
      expect((await send(doors, LIST, { origin })).status).toBe(200);
    const preflight = await doors.request('/mcp', { method: 'OPTIONS', headers: { origin: 'https://app.example' } });
    expect(preflight.headers.get('access-control-allow-headers')).toContain(
      'mcp-protocol-version, mcp-method, mcp-name',
    );
  });

  it('has no metadata of bearer tokens if callers have none', async () => {
    expect((await doors.request('/.well-known/oauth-protected-resource/mcp')).status).toBe(404);
  });
});

describe('the surroundings of tools', () => {
  let doors: Doors | undefined;
  const start = async (env: Record<string, string>, options: Parameters<typeof startDoors>[0] = {}): Promise<Doors> =>
    (doors = await startDoors({ sandbox: { customers: 30 }, ...options, env: { MCP_TOOLS, ...env } }, MORE));
  afterEach(() => doors?.close());

  it('are not served without MCP_TOOLS', async () => {
    const { gateway } = await start({ MCP_TOOLS: '' });
    for (const path of ['/mcp', '/.well-known/oauth-protected-resource/mcp'])
      expect((await fetch(`${gateway.url}${path}`, { method: 'POST', headers: FIRST })).status).toBe(404);
  });

  it('bound the result, without which a mutation is still performed', async () => {
    const { gateway, sandbox } = await start({ MCP_MAX_RESULT_BYTES: '1024' });
    const agent = await startAgent(gateway.url);
    for (const _ of FOUR_TIMES) {
      expect(problemIn(await agent.call('CustomerList'))).toMatchObject({
        code: 'OPERATION_LIMIT_EXCEEDED',
        detail: expect.stringMatching(/^The result has \d{4,} bytes, of 1024 at most\. Ask for fewer/) as string,
        errors: [{ extensions: { limit: 'resultBytes', maximum: 1024 } }],
      });
    }
    sandbox.faults.add({
      match: { operationId: 'requestCustomer' },
      action: { kind: 'transform', transform: (body) => ({ ...(body as object), companyName: 'ü'.repeat(600) }) },
    });
    expect(problemIn(await agent.call('LockCustomer', { id: '5', isLocked: true }))).toMatchObject({
      detail: expect.stringContaining('The mutation was performed: do not send it again.') as string,
    });
  });

  it('leave the data out of an error that would be too large with it', async () => {
    const { gateway, sandbox } = await start({ MCP_MAX_RESULT_BYTES: '1024' });
    const agent = await startAgent(gateway.url);
    sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers', path: /\/customers\/2\// },
      action: { kind: 'respond', status: 403, body: {} },
    });
    const problem = problemIn(await agent.call('WithUsers', { first: 30 }));
    expect([problem['code'], 'data' in problem]).toEqual(['FORBIDDEN', false]);
  });

  it('have an allowance of upstream requests for each caller, which is none of GraphQL', async () => {
    freezeClocks();
    const { gateway, request } = await start({ MCP_UPSTREAM_REQUESTS_PER_MINUTE: '3' });
    const [agent, other] = await Promise.all([
      startAgent(gateway.url),
      startAgent(gateway.url, { headers: { 'x-sds-service-token': SANDBOX_TOKENS.second } }),
    ]);
    for (const id of ['1', '2', '3']) expect((await agent.call('CustomerById', { id })).isError).toBeUndefined();
    for (const _ of FOUR_TIMES) {
      expect(problemIn(await agent.call('CustomerById', { id: '4' }))).toMatchObject({
        status: 429,
        code: 'RATE_LIMITED',
        detail: 'Tools may cost 3 upstream requests a minute.',
        errors: [
          {
            extensions: { limit: 'toolUpstreamRequests', maximum: 3, retryAfterSeconds: expect.any(Number) as number },
          },
        ],
      });
    }
    expect((await other.call('CustomerById', { id: '1' })).isError).toBeUndefined();
    expect((await request('/api/CustomerById?id=4')).status).toBe(200);
  });

  it('have an allowance of writes for each caller', async () => {
    freezeClocks();
    const { gateway, sandbox } = await start({ MCP_WRITES_PER_MINUTE: '1' });
    const agent = await startAgent(gateway.url);
    expect((await agent.call('LockCustomer', { id: '5', isLocked: true })).isError).toBeUndefined();
    expect(problemIn(await agent.call('LockCustomer', { id: '6', isLocked: true }))).toMatchObject({
      code: 'RATE_LIMITED',
      detail: 'Of the upstream requests of tools, 1 a minute may be writes.',
    });
    expect(sandbox.log.of('updateCustomer')).toHaveLength(1);
    expect((await agent.call('CustomerById', { id: '6' })).structuredContent).toMatchObject({
      customer: { isLocked: false },
    });
  });

  it('do not share the error of an allowance with an equal query by URL that is under way', async () => {
    freezeClocks();
    const { gateway, sandbox, request } = await start({ MCP_UPSTREAM_REQUESTS_PER_MINUTE: '1' });
    const agent = await startAgent(gateway.url);
    const gate = createGate();
    sandbox.faults.add({ match: { operationId: 'requestCustomers' }, until: gate.opened });
    const failed = agent.call('WithUsers', { first: 2 });
    await eventually('the list is asked for', () => sandbox.log.all().length > 0);
    const whole = request('/api/WithUsers?first=2');
    await untilTaken(() => request('/health/live'));
    gate.open();
    expect(problemIn(await failed)).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await whole).status).toBe(200);
  });

  it('are counted by the rate limit', async () => {
    freezeClocks();
    const { request } = await start({ RATE_LIMIT_PER_MINUTE: '1' });
    const init = { method: 'POST', headers: { ...FIRST, ...ACCEPT }, body: JSON.stringify(LIST) };
    expect((await request('/mcp', init)).status).toBe(200);
    const limited = await request('/mcp', init);
    expect([limited.status, limited.headers.get('content-type')]).toEqual([429, 'application/problem+json']);
  });

  it('log what was run as any operation, and names that the manifest lacks', async () => {
    const { lines, logger } = recordLog();
    const { gateway } = await start({ LOG_OPERATIONS: 'all', MCP_TOOLS: 'CustomerById,Missing' }, { logger });
    const agent = await startAgent(gateway.url);
    await agent.call('CustomerById', { id: '1' });
    await agent.call('CustomerById', { id: 'x' });
    expect(lines).toMatchObject([
      { level: 'warn', facts: { names: ['Missing'] } },
      { facts: { operation: 'CustomerById', status: 200, upstreamRequests: 1 }, message: 'operation' },
      { facts: { operation: 'CustomerById', codes: ['BAD_USER_INPUT'] }, message: 'operation failed' },
    ]);
    expect((await agent.client.listTools()).tools.map(({ name }) => name)).toEqual(['CustomerById']);
  });

  it('follow the manifest', async () => {
    const { gateway, manifestPath } = await start({ MCP_TOOLS: 'CustomerById,Fresh' });
    const agent = await startAgent(gateway.url);
    await writeFile(manifestPath, `query Fresh { customers { totalCount } } ${MORE}`);
    await eventually('the manifest is read again', async () => {
      const { tools } = await agent.client.listTools();
      return tools.map(({ name }) => name).join() === 'Fresh';
    });
    expect((await agent.call('Fresh')).structuredContent).toEqual({ customers: { totalCount: 30 } });
  });

  it('end an operation whose client has gone', async () => {
    const { lines, logger } = recordLog();
    const { gateway, sandbox } = await start({ LOG_OPERATIONS: 'all' }, { logger });
    sandbox.faults.add({ match: { operationId: 'requestCustomer' }, action: { kind: 'hang' } });
    const leaving = httpRequest(`${gateway.url}/mcp`, { method: 'POST', headers: { ...FIRST, ...ACCEPT } });
    leaving.on('error', () => undefined);
    const params = { name: 'CustomerById', arguments: { id: '1' } };
    leaving.end(JSON.stringify({ ...LIST, method: 'tools/call', params }));
    await eventually('the upstream is asked', () => sandbox.log.all().length > 0);
    leaving.destroy();
    await eventually('it is over', () => lines.some(({ message }) => message.startsWith('client disconnected')));
  });
});
