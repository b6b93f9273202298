import { startAgent } from '../support/start-agent.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { SAMPLE_DOCUMENTS } from '../../src/operations/trusted-documents/sample-documents.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const URL_OF_MCP = 'https://gateway.example/tenant/mcp';
const METADATA = 'https://gateway.example/.well-known/oauth-protected-resource/tenant/mcp';
const ALL_SCOPES = 'customers:read customers:write';
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call' };

let directory: string;
let stack: Stack & { issuer: TokenIssuer };
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mcp-'));
  const manifest = join(directory, 'manifest.graphql');
  await writeFile(manifest, `${SAMPLE_DOCUMENTS} query Version { upstreamVersion { restApiVersion } }`);
  const env = { TRUSTED_DOCUMENTS: manifest, MCP_TOOLS: 'CustomerById,LockCustomer,Version', MCP_URL: URL_OF_MCP };
  stack = await startBearerStack({ env });
});
afterAll(async () => {
  await stack.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => stack.sandbox.log.clear());

const post = (message: object, headers: Record<string, string>, path = '/mcp'): Promise<Response> =>
  fetch(`${stack.gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(message),
  });
const call = (name: string, variables: object, headers: Record<string, string>): Promise<Response> =>
  post({ ...CALL, params: { name, arguments: variables } }, headers);

describe('tools for callers with a bearer token', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without one', {}, 'Bearer '],
    ['with one that is not accepted', { authorization: 'Bearer x.y.z' }, 'Bearer error="invalid_token", '],
    ['with another scheme', { authorization: 'Basic eDp5' }, 'Bearer '],
  ])('show a client %s where to get it and for which scopes, whatever it sends', async (_what, headers, start) => {
    for (const method of ['initialize', 'server/discover', 'tools/list', 'tools/call']) {
      const response = await post({ ...CALL, method }, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(
        `${start}resource_metadata="${METADATA}", scope="${ALL_SCOPES}"`,
      );
      expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it.each(['/tenant/mcp', ''])('describe themselves as a protected resource, at %j', async (path) => {
    const response = await fetch(`${stack.gateway.url}/.well-known/oauth-protected-resource${path}`);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        resource: URL_OF_MCP,
        authorization_servers: [stack.issuer.env['JWT_ISSUER']],
        scopes_supported: ALL_SCOPES.split(' '),
        bearer_methods_supported: ['header'],
      },
    ]);
  });

  it("send the gateway's own token upstream, and never the caller's", async () => {
    const headers = await stack.issuer.bearer({ scope: ALL_SCOPES });
    const agent = await startAgent(stack.gateway.url, { headers });
    for (const id of ['1', '2', '3', '4'])
      expect((await agent.call('CustomerById', { id })).structuredContent).toMatchObject({ customer: { id } });
    const requests = stack.sandbox.log.all();
    expect(requests).toHaveLength(4);
    for (const { token } of requests) expect(token).toBe(SANDBOX_TOKENS.first);
    expect(JSON.stringify(requests)).not.toContain(headers.authorization.slice(7));
  });

  it('ask a caller without their scopes to get them, before anything is run', async () => {
    const headers = await stack.issuer.bearer({ scope: 'customers:write' });
    for (const _ of [1, 2, 3, 4]) {
      const response = await call('LockCustomer', { id: '5', isLocked: true }, headers);
      expect(response.status).toBe(403);
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer error="insufficient_scope", resource_metadata="${METADATA}", scope="${ALL_SCOPES}"`,
      );
      expect(await response.json()).toMatchObject({
        code: 'FORBIDDEN',
        errors: [{ extensions: { requiredScopes: ALL_SCOPES.split(' ') } }],
      });
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('are listed whatever scopes a caller has, and need no scope if their fields need none', async () => {
    const agent = await startAgent(stack.gateway.url, { headers: await stack.issuer.bearer() });
    expect((await agent.client.listTools()).tools).toHaveLength(3);
    expect((await agent.call('Version')).structuredContent).toMatchObject({ upstreamVersion: {} });
    expect((await call('CustomerById', { id: '5' }, await stack.issuer.bearer())).status).toBe(403);
  });

  it('take tokens that were issued for their address', async () => {
    const bearer = (aud: string) => stack.issuer.bearer({ aud, scope: 'customers:read' });
    expect((await call('CustomerById', { id: '5' }, await bearer(URL_OF_MCP))).status).toBe(200);
    expect((await call('CustomerById', { id: '5' }, await bearer('https://gateway.example/other'))).status).toBe(401);
  });
});
