import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { describeInBrowser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = 'query { customer(id: 1) { id } }';

/** A page at `localhost`, which is another site than a gateway at 127.0.0.1. */
async function startPage(): Promise<{ server: Server; origin: string }> {
  const { outputFiles } = await build({
    stdin: { contents: "export { Client, fetchExchange } from '@urql/core';", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'urql',
    logLevel: 'silent',
  });
  const html = `<!doctype html><title>page</title><script>${outputFiles[0]?.text ?? ''}</script>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

describeInBrowser('a page of another site', (launch) => {
  let browser: Browser;
  let page: Page;
  let served: { server: Server; origin: string };
  let stack: Stack | undefined;
  beforeAll(async () => {
    browser = await launch();
    served = await startPage();
  });
  afterAll(async () => {
    await browser.close();
    served.server.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(served.origin);
  });
  afterEach(async () => {
    await page.close();
    await stack?.close();
    stack = undefined;
  });

  it('queries with urql at its defaults, by GET, if CORS_ORIGINS names it', async () => {
    stack = await startStack({ sandbox: { customers: 2 }, env: { CORS_ORIGINS: served.origin, AUTH_MODE: 'token' } });
    const methods: string[] = [];
    page.on('request', (request) => methods.push(request.method()));
    const program = `new urql.Client({
      url: ${JSON.stringify(`${stack.gateway.url}/graphql`)},
      exchanges: [urql.fetchExchange],
      fetchOptions: { headers: { 'X-Sds-Service-Token': ${JSON.stringify(SANDBOX_TOKENS.first)} } },
    }).query(${JSON.stringify(QUERY)}, {}, { requestPolicy: 'network-only' }).toPromise()
      .then(({ data, error }) => ({ id: data?.customer.id, error: error && String(error) }))`;
    for (const _ of [1, 2, 3, 4]) expect(await page.evaluate(program)).toEqual({ id: '1' });
    expect(new Set(methods)).toEqual(new Set(['GET']));
  });

  it.each([
    { AUTH_MODE: 'token' },
    // The gateway's own credential is everybody's there.
    { AUTH_MODE: 'none', UPSTREAM_TOKEN: SANDBOX_TOKENS.first },
  ])('reaches nothing upstream by a link, an image, a form, fetch or EventSource with %j', async (env) => {
    const started = (stack = await startStack({ sandbox: { customers: 2 }, env: env }));
    const target = `${started.gateway.url}/graphql?query=${encodeURIComponent(QUERY)}`;
    const answered = new Set<string>();
    page.on('requestfinished', (request) => answered.add(`${request.resourceType()} ${request.method()}`));
    page.on('requestfailed', (request) => answered.add(`${request.resourceType()} ${request.method()}`));
    const program = `(async (target, url) => {
      const settle = (sent) => sent.then(() => 'sent', () => 'blocked');
      document.body.append(Object.assign(new Image(), { src: target }));
      const frame = Object.assign(document.createElement('iframe'), { name: 'frame' });
      const form = Object.assign(document.createElement('form'), { action: url, target: 'frame' });
      form.append(Object.assign(document.createElement('input'), { name: 'query', value: ${JSON.stringify(QUERY)} }));
      document.body.append(frame, form);
      form.submit();
      new EventSource(target);
      return [
        await settle(fetch(target, { mode: 'no-cors', credentials: 'include' })),
        await settle(fetch(target, { headers: { 'X-Sds-Service-Token': 'any' } })),
        await settle(fetch(target, { headers: { 'GraphQL-Require-Preflight': '1' } })),
      ];
    })(${JSON.stringify(target)}, ${JSON.stringify(`${started.gateway.url}/graphql`)})`;
    expect(await page.evaluate(program)).toEqual(['sent', 'blocked', 'blocked']);
    await eventually('all have been answered', () =>
      ['image GET', 'document GET', 'eventsource GET', 'fetch GET'].every((sent) => answered.has(sent)),
    );
    expect(started.sandbox.log.all()).toEqual([]);
  });
});
