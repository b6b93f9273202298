import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { connectRaw } from '../support/connect-raw.js';
import { startStack, type Stack } from '../support/start-stack.js';

const BODY = JSON.stringify({ query: '{ customer(id: 5) { id } }' });
const POST = ['content-type: application/json', `content-length: ${BODY.length}`];
const UPGRADE = [
  'connection: upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol: graphql-transport-ws',
];

/** Request lines of every route, with headers and a body, and the status that each answers to a host that is served. */
const ROUTES: readonly [line: string, headers: readonly string[], body: string, status: number][] = [
  ['POST /graphql', POST, BODY, 200],
  ['GET /graphql', ['accept: text/html'], '', 200],
  ['GET /graphql?query={__typename}', ['apollo-require-preflight: 1'], '', 200],
  ['OPTIONS /graphql', ['origin: http://evil.example', 'access-control-request-method: POST'], '', 204],
  ['GET /', [], '', 200],
  ['HEAD /', [], '', 200],
  ['POST /graphql/stream', POST, BODY, 400],
  ['GET /health/live', [], '', 200],
  ['GET /health/ready', [], '', 200],
  ['GET /deprecations', [], '', 200],
  ['POST /webhooks/dracoon', POST, BODY, 401],
  ['GET /query-page/none.js', [], '', 404],
  ['GET /nothing', [], '', 404],
  ['GET /graphql', UPGRADE, '', 101],
  ['GET /elsewhere', UPGRADE, '', 404],
];

let stack: Stack;
const start = (env: Record<string, string> = {}): Promise<Stack> =>
  startStack({
    sandbox: { customers: 10 },
    env: {
      QUERY_PAGE: 'on',
      AUTH_MODE: 'none',
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
      WEBHOOK_SECRETS: 'a-secret-of-webhooks',
      ALLOWED_HOSTS: 'Gateway.Test, [fd00::1]',
      ...env,
    },
  });
beforeAll(async () => {
  stack = await start();
});
beforeEach(() => stack.sandbox.log.clear());
afterAll(() => stack.close());

/** Sends one request as it stands and returns the status and the text of its answer. */
async function send(
  lines: readonly string[],
  body = '',
  { gateway }: Pick<Stack, 'gateway'> = stack,
): Promise<{ status: number; text: string }> {
  const connection = await connectRaw(gateway.url);
  connection.send(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`);
  const isUpgraded = (): boolean => connection.received().startsWith('HTTP/1.1 101');
  const timer = setInterval(() => isUpgraded() && connection.destroy(), 10);
  await connection.closed;
  clearInterval(timer);
  const text = connection.received();
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text };
}

const query = (host: readonly string[], target = '/graphql', version = '1.1') =>
  send([`POST ${target} HTTP/${version}`, ...host, ...POST], BODY);

describe('with AUTH_MODE=none on loopback, a request', () => {
  it.each(ROUTES)('%s %j that names another host is answered 421', async (line, headers, body, served) => {
    const evil = await send([`${line} HTTP/1.1`, 'host: evil.example:4000', ...headers], body);
    expect(evil.status).toBe(421);
    const local = await send([`${line} HTTP/1.1`, 'host: localhost:4000', ...headers], body);
    expect(local.status).toBe(served);
  });

  it('that names another host never reaches the upstream, and is refused with a reason', async () => {
    for (let time = 0; time < 4; time += 1) {
      const { status, text } = await query(['host: evil.example']);
      expect(status).toBe(421);
      expect(text).toContain('"code":"BAD_REQUEST"');
      expect(text).toContain('ALLOWED_HOSTS');
    }
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each([
    'localhost',
    'LocalHost:1',
    '127.0.0.1',
    '127.0.0.1:65535',
    '[::1]',
    '[::1]:4000',
    'gateway.test',
    'GATEWAY.test:80',
    '[fd00::1]:4000',
    'localhost:',
  ])('that names %s is served', async (host) => {
    expect((await query([`host: ${host}`])).status).toBe(200);
    expect(stack.sandbox.log.all()).toHaveLength(1);
  });

  it.each([
    '',
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    'localhost@evil.example',
    'evil.example@localhost',
    'user@localhost:4000',
    'localhost:4000@evil.example',
    'localhost:evil.example',
    'localhost/',
    'localhost, evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    '0.0.0.0',
    '192.168.0.1:4000',
    '[::1].evil.example',
    '[::1',
    '::1',
    '[::1]evil',
    'sub.gateway.test',
    'gateway.test.evil.example',
  ])('that names %j is answered 421', async (host) => {
    expect((await query([`host: ${host}`])).status).toBe(421);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('without a host is refused', async () => {
    expect((await query([])).status).toBe(400);
    expect((await query([], '/graphql', '1.0')).status).toBe(421);
    expect((await send(['GET /graphql HTTP/1.1', ...UPGRADE])).status).toBe(421);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it('with two hosts is refused', async () => {
    expect((await query(['host: localhost', 'host: evil.example'])).status).toBe(400);
    expect((await query(['Host: evil.example', 'hOST: localhost'])).status).toBe(400);
    expect(stack.sandbox.log.all()).toEqual([]);
  });

  it.each(['http://evil.example/graphql', 'HTTPS://evil.example:443/graphql', 'ws://localhost.evil.example/graphql'])(
    'for %s is answered 421, whatever its Host names',
    async (target) => {
      expect((await query(['host: localhost'], target)).status).toBe(421);
      expect((await send([`GET ${target} HTTP/1.1`, 'host: localhost', ...UPGRADE])).status).toBe(421);
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );

  it('for a target on localhost is answered 421 if its Host names another', async () => {
    expect((await query(['host: evil.example'], 'http://localhost/graphql')).status).toBe(421);
  });
});

describe('any host is served', () => {
  it.each([
    ['with AUTH_MODE=token', { AUTH_MODE: 'token' }, [`x-sds-service-token: ${SANDBOX_TOKENS.first}`]],
    ['on an address that is not loopback', { HOST: '0.0.0.0', UPSTREAM_URL: '', SANDBOX_CUSTOMERS: '10' }, []],
  ])('%s', async (_, env, headers) => {
    const open = await start(env);
    try {
      const lines = ['POST /graphql HTTP/1.1', 'host: gateway.example', ...headers, ...POST];
      const url = open.gateway.url.replace('0.0.0.0', '127.0.0.1');
      expect((await send(lines, BODY, { gateway: { ...open.gateway, url } })).status).toBe(200);
    } finally {
      await open.close();
    }
  });
});

describe('HOST', () => {
  it.each(['localhost', '127.0.0.2', '::1', '127.1', '::ffff:127.0.0.1'])(
    '%s is served under its own name',
    async (host) => {
      const own = await start({ HOST: host });
      try {
        const response = await fetch(`${own.gateway.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: BODY,
        });
        expect(response.status).toBe(200);
        const port = new URL(own.gateway.url).port;
        expect((await send(['GET / HTTP/1.1', `host: evil.example:${port}`], '', own)).status).toBe(421);
      } finally {
        await own.close();
      }
    },
  );
});
