import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createPlainServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, type Gateway } from '../../src/gateway.js';
import { loadConfig } from '../../src/config.js';
import { eventually } from '../support/eventually.js';
import { findFreePort } from '../support/free-port.js';
import { recordLog } from '../support/log-lines.js';

const { lines, logger } = recordLog();
let gateway: Gateway;
let closing: (() => void)[] = [];
beforeEach(() => void (lines.length = 0));
afterEach(async () => {
  await gateway.close(0);
  for (const close of closing) close();
  closing = [];
});

interface Listening {
  listen(port: number, host: string): unknown;
  close(): unknown;
  address(): unknown;
}

async function listen(server: Listening & NodeJS.EventEmitter): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    (server as Partial<Server>).closeAllConnections?.();
  });
  return (server.address() as AddressInfo).port;
}

function createKeys(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const keys = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return keys;
}

const answering = (answer: (response: ServerResponse) => void): Promise<number> =>
  listen(createServer((_, response) => answer(response)));

/** The facts of the log and the detail of readiness, without any traffic. */
async function startWith(UPSTREAM_URL: string): Promise<{ logged: unknown; shown: unknown }> {
  gateway = await createGateway(loadConfig({ PORT: '0', UPSTREAM_URL, QUERY_PAGE: 'off' }), { logger });
  await eventually('that is logged', () => lines.some(({ message }) => message === 'upstream does not answer'));
  const logged = lines.find(({ message }) => message === 'upstream does not answer')?.facts;
  const { checks } = (await (await fetch(`${gateway.url}/health/ready`)).json()) as { checks: { upstream: object } };
  expect(JSON.stringify([lines, checks])).not.toMatch(/127\.0\.0\.1|\.invalid/);
  return { logged, shown: checks.upstream };
}

describe('a first start says in log and readiness, without traffic, that', () => {
  it.each<[string, () => Promise<string>, object]>([
    [
      'the name is not found',
      async () => 'https://dracoon.invalid/api',
      {
        reason: 'unreachable',
        cause: expect.stringMatching(/^E(NOTFOUND|AI_AGAIN)$/),
        hint: 'the host name is not found',
      },
    ],
    [
      'the connection is refused',
      async () => `https://127.0.0.1:${await findFreePort()}/api`,
      { reason: 'unreachable', cause: 'ECONNREFUSED', hint: expect.stringContaining('refused') },
    ],
    [
      'the certificate is not trusted',
      async () => `https://127.0.0.1:${await listen(createTlsServer(createKeys()))}/api`,
      {
        reason: 'unreachable',
        cause: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
      },
    ],
    [
      'the port does not speak TLS',
      async () => `https://127.0.0.1:${await answering((response) => response.end())}/api`,
      {
        reason: 'unreachable',
        cause: 'ERR_SSL_WRONG_VERSION_NUMBER',
        hint: expect.stringContaining('does not speak TLS'),
      },
    ],
    [
      'client and server share no TLS version',
      async () => {
        const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
        return `https://127.0.0.1:${await listen(createTlsServer({ ...createKeys(), ...old }))}/api`;
      },
      {
        reason: 'unreachable',
        cause: expect.stringMatching(/PROTOCOL/),
        hint: 'client and server share no TLS version',
      },
    ],
    [
      'the port does not speak HTTP',
      async () => {
        const server = createPlainServer((socket) => void socket.on('error', () => undefined).end('220 mail\r\n'));
        return `http://127.0.0.1:${await listen(server)}/api`;
      },
      {
        reason: 'unreachable',
        cause: 'HTTPParserError',
        hint: expect.stringContaining('does not speak HTTP'),
      },
    ],
    [
      'the connection is closed without an answer',
      async () => `http://127.0.0.1:${await listen(createPlainServer((socket) => void socket.destroy()))}/api`,
      { reason: 'unreachable', cause: expect.any(String), hint: expect.stringContaining('closed without an answer') },
    ],
    [
      'the path is wrong, by 404',
      async () => `http://127.0.0.1:${await answering((response) => response.writeHead(404).end())}/`,
      { reason: '404', hint: expect.stringContaining('/api') },
    ],
    [
      'the path is wrong, by a page',
      async () => `http://127.0.0.1:${await answering((response) => response.end('<html>'))}/`,
      { reason: 'not-json', hint: expect.stringContaining('/api') },
    ],
    [
      'it redirects',
      async () =>
        `http://127.0.0.1:${await answering((response) => response.writeHead(301, { location: '/' }).end())}/api`,
      { reason: '301', hint: expect.stringContaining('https') },
    ],
  ])('%s', async (_, start, expected) => {
    const { logged, shown } = await startWith(await start());
    expect(logged).toEqual(expected);
    expect(shown).toEqual({ status: 'unavailable', ...expected });
  });
});
