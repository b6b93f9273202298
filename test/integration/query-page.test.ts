import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createQueryPage, type QueryPage } from '../../src/http/query-page/create-query-page.js';

const builtPage = fileURLToPath(new URL('../../dist/query-page', import.meta.url));
const NAVIGATION = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
/** What the test's server answers when the page says that a request is not its own. */
const NOT_ITS_OWN = 418;

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const servers: Server[] = [];

async function serve(page: QueryPage): Promise<number> {
  const server = createServer((incoming, response) => {
    if (page.respond(incoming, response)) return;
    response.writeHead(NOT_ITS_OWN).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  return address.port;
}

/** Sends the request target exactly as given, where `fetch` would tidy it up first. */
function send(port: number, method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
      });
      response.on('error', reject);
    });
    outgoing.on('error', reject).end();
  });
}

let port: number;
let script: string;
let stylesheet: string;
let font: string;

const firstMatch = (text: Buffer, pattern: RegExp): string => {
  const match = pattern.exec(text.toString())?.[1];
  if (match === undefined) throw new Error(`nothing matches ${pattern}`);
  return match;
};

beforeAll(async () => {
  port = await serve(createQueryPage({ directory: builtPage, upstream: 'sandbox' }));
  const { body } = await send(port, 'GET', '/');
  script = firstMatch(body, /<script type="module" src="([^"]+)"/);
  stylesheet = firstMatch(body, /<link rel="stylesheet" href="([^"]+)"/);
  font = firstMatch((await send(port, 'GET', stylesheet)).body, /url\("?(\/query-page\/[^")]+\.woff2)/);
});

afterAll(() => {
  for (const server of servers) server.close();
});

describe('the HTML', () => {
  it.each([
    ['/', undefined],
    ['/', 'application/json'],
    ['/?from=bookmark', NAVIGATION],
    ['/graphql', NAVIGATION],
    ['/graphql?query={__typename}', NAVIGATION],
  ])('answers GET %s with Accept %s', async (path, accept) => {
    const { status, headers, body } = await send(port, 'GET', path, accept ? { accept } : {});
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(body.length),
      'cache-control': 'no-store',
      vary: 'Accept',
    });
    expect(body.toString()).toContain('<div id="query-page">');
  });

  it.each(['sandbox', 'remote'] as const)('names the %s upstream', async (upstream) => {
    const { body } = await send(await serve(createQueryPage({ directory: builtPage, upstream })), 'GET', '/');
    expect(body.toString()).toContain(`<meta name="gateway-upstream" content="${upstream}" />`);
    expect(body.toString()).not.toContain('{{');
  });

  it.each([undefined, '*/*', 'application/json', 'application/graphql-response+json, application/json;q=0.9'])(
    'leaves GET and HEAD /graphql with Accept %s to the endpoint',
    async (accept) => {
      for (const method of ['GET', 'HEAD']) {
        const { status } = await send(port, method, '/graphql?query={__typename}', accept ? { accept } : {});
        expect(status).toBe(NOT_ITS_OWN);
      }
    },
  );
});

describe('the assets', () => {
  it.each<[string, () => string, string]>([
    ['the script', () => script, 'text/javascript; charset=utf-8'],
    ['the stylesheet', () => stylesheet, 'text/css; charset=utf-8'],
    ['a font', () => font, 'font/woff2'],
  ])('serve %s with its type, for ever', async (_name, path, contentType) => {
    const { status, headers, body } = await send(port, 'GET', path());
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': contentType,
      'content-length': String(body.length),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.length).toBeGreaterThan(0);
  });

  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, *', 'gzip', gunzipSync],
  ])('are compressed for Accept-Encoding %s', async (acceptEncoding, encoding, decompress) => {
    const plain = await send(port, 'GET', script);
    const compressed = await send(port, 'GET', script, { 'accept-encoding': acceptEncoding });
    expect(compressed.headers['content-encoding']).toBe(encoding);
    expect(compressed.headers['content-length']).toBe(String(compressed.body.length));
    expect(compressed.body.length).toBeLessThan(plain.body.length / 2);
    expect(decompress(compressed.body).equals(plain.body)).toBe(true);
  });

  it.each(['identity', 'zstd', 'gzip;q=0'])('stay plain for Accept-Encoding %s', async (acceptEncoding) => {
    const { headers } = await send(port, 'GET', script, { 'accept-encoding': acceptEncoding });
    expect(headers['content-encoding']).toBeUndefined();
  });

  it.each([
    '/query-page',
    '/query-page/',
    '/query-page/index.html',
    '/query-page/missing.js',
    '/query-page/../package.json',
    '/query-page/../../package.json',
    '/query-page/%2e%2e/package.json',
    '/query-page/%2e%2e%2fpackage.json',
    '/query-page/..%2fpackage.json',
    '/query-page/..%5cpackage.json',
    '/query-page/..\\package.json',
    '/query-page/%252e%252e%252fpackage.json',
    '/query-page//etc/passwd',
    '/query-page/%00',
    '/query-page/__proto__',
    '/query-page/constructor',
    '//query-page/index.html',
    '/graphql/',
  ])('do not include %s', async (path) => {
    expect((await send(port, 'GET', path, { accept: NAVIGATION })).status).toBe(NOT_ITS_OWN);
  });

  it('are the files that were there at creation', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'query-page-'));
    try {
      await writeFile(join(directory, 'index.html'), '{{upstream}}');
      await writeFile(join(directory, 'early.js'), 'early');
      await writeFile(join(directory, 'secrets.json'), '{}');
      const ownPort = await serve(createQueryPage({ directory, upstream: 'sandbox' }));
      await writeFile(join(directory, 'late.js'), 'late');

      expect((await send(ownPort, 'GET', '/query-page/early.js')).body.toString()).toBe('early');
      expect((await send(ownPort, 'GET', '/query-page/late.js')).status).toBe(NOT_ITS_OWN);
      expect((await send(ownPort, 'GET', '/query-page/secrets.json')).status).toBe(NOT_ITS_OWN);

      await rm(join(directory, 'early.js'));
      await expect(send(ownPort, 'GET', '/query-page/early.js')).rejects.toThrow('socket hang up');
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('the methods', () => {
  it.each<[string, () => string]>([
    ['/', () => '/'],
    ['/graphql', () => '/graphql'],
    ['an asset', () => script],
  ])('HEAD of %s has the headers of GET and no body', async (_name, path) => {
    const headers = { accept: NAVIGATION, 'accept-encoding': 'gzip' };
    const get = await send(port, 'GET', path(), headers);
    const head = await send(port, 'HEAD', path(), headers);
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    const { date: _getDate, ...expected } = get.headers;
    expect(head.headers).toMatchObject(expected);
  });

  it.each<[string, string, () => string, string]>([
    ['POST', '/', () => '/', 'GET, HEAD'],
    ['OPTIONS', '/', () => '/', 'GET, HEAD'],
    ['DELETE', 'an asset', () => script, 'GET, HEAD'],
    ['PUT', '/graphql', () => '/graphql', 'GET, HEAD, POST'],
    ['DELETE', '/graphql', () => '/graphql', 'GET, HEAD, POST'],
  ])('%s %s is not allowed', async (method, _name, path, allow) => {
    const { status, headers, body } = await send(port, method, path(), { accept: NAVIGATION });
    expect(status).toBe(405);
    expect(headers.allow).toBe(allow);
    expect(body).toHaveLength(0);
  });

  it.each(['POST', 'OPTIONS'])('%s /graphql is left to the endpoint, whatever it accepts', async (method) => {
    expect((await send(port, method, '/graphql', { accept: NAVIGATION })).status).toBe(NOT_ITS_OWN);
  });
});

it.each<[string, string, () => string]>([
  ['GET', 'the HTML', () => '/'],
  ['GET', 'an asset', () => script],
  ['PATCH', 'the HTML', () => '/'],
])('%s %s carries the security headers', async (method, _name, path) => {
  const { headers } = await send(port, method, path());
  expect(headers).toMatchObject({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
      "font-src 'self' data:; connect-src 'self'; worker-src 'self'; frame-ancestors 'none'; " +
      "base-uri 'none'; form-action 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});

it('refuses to start from a directory without a built page', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'query-page-'));
  try {
    expect(() => createQueryPage({ directory, upstream: 'sandbox' })).toThrow(/not built.*npm run build/);
    expect(() => createQueryPage({ directory: join(directory, 'nowhere'), upstream: 'sandbox' })).toThrow(
      /npm run build/,
    );
  } finally {
    await rm(directory, { recursive: true });
  }
});
