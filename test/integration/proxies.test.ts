import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { eventually } from '../support/eventually.js';
import { startCollector } from '../support/start-collector.js';
import { startGateway } from '../support/start-gateway.js';
import { startHttpProxy, type HttpProxy } from '../support/start-http-proxy.js';
import { startTokenIssuer } from '../support/token-issuer.js';
import type { Gateway } from '../../src/gateway.js';

const TOKEN = { 'x-sds-service-token': 'sandbox-provider-one' };

let proxy: HttpProxy;
let sandbox: Sandbox;
let gateway: Gateway | undefined;
/** The sandbox under names that only the proxy resolves. */
let upstream: { host: string; url: string };
beforeEach(async () => {
  proxy = await startHttpProxy();
  sandbox = await startSandbox({ customers: 5 });
  const { port, pathname } = new URL(sandbox.url);
  upstream = { host: `dracoon.invalid:${port}`, url: `http://dracoon.invalid:${port}${pathname}` };
});
afterEach(async () => {
  await gateway?.close(0);
  gateway = undefined;
  await sandbox.close();
  proxy.close();
});

async function ask(env: Record<string, string>, headers: Record<string, string> = TOKEN): Promise<unknown> {
  gateway ??= await startGateway(env);
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ customers { totalCount } }' }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code ?? data;
}

const ANSWER = { customers: { totalCount: 5 } };

it.each(['HTTP_PROXY', 'http_proxy'])('%s carries the requests to an http upstream', async (name) => {
  expect(await ask({ UPSTREAM_URL: upstream.url, [name]: proxy.url })).toEqual(ANSWER);
  expect(proxy.targets).toEqual([upstream.host]);
  expect(await ask({})).toEqual(ANSWER);
  expect(sandbox.log.all()).toHaveLength(2);
});

it('a proxy gets the credentials of its URL, and the upstream does not', async () => {
  const url = new URL(proxy.url);
  await ask({ UPSTREAM_URL: upstream.url, HTTP_PROXY: `user:pass%21@${url.host}` });
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from('user:pass!').toString('base64')}`]);
  expect(sandbox.log.all()[0]?.headers).not.toHaveProperty('proxy-authorization');
});

it.each<[string, Record<string, string>]>([
  ['HTTPS_PROXY', {}],
  ['https_proxy', {}],
  ['HTTP_PROXY', {}],
])('%s carries the requests to an https upstream', async (name) => {
  const env = { UPSTREAM_URL: 'https://dracoon.invalid:9/api', [name]: proxy.url };
  expect(await ask(env)).toBe('UPSTREAM_UNAVAILABLE');
  expect(new Set(proxy.targets)).toEqual(new Set(['dracoon.invalid:9']));
});

it.each(['dracoon.invalid', '.invalid', 'a.example, dracoon.invalid', '*'])(
  'NO_PROXY=%s keeps the upstream from the proxy',
  async (NO_PROXY) => {
    const env = { UPSTREAM_URL: upstream.url, HTTP_PROXY: proxy.url, NO_PROXY };
    expect(await ask(env)).toBe('UPSTREAM_UNAVAILABLE');
    expect(proxy.targets).toEqual([]);
  },
);

it('the check of the upstream goes through the proxy', async () => {
  await ask({ UPSTREAM_URL: upstream.url, HTTP_PROXY: proxy.url, UPSTREAM_CHECK_SECONDS: '3600' });
  await eventually('the upstream was checked', () => sandbox.log.of('requestSoftwareVersion').length > 0);
});

it('the embedded sandbox is reached without a proxy', async () => {
  expect(await ask({ HTTP_PROXY: proxy.url, SANDBOX_CUSTOMERS: '5' }, {})).toEqual(ANSWER);
  expect(proxy.targets).toEqual([]);
});

it('keys of an issuer and traces go through the proxy', async () => {
  const issuer = await startTokenIssuer();
  const collector = await startCollector();
  try {
    const keys = new URL(issuer.env['JWT_JWKS_URL'] ?? '');
    const traces = `http://collector.invalid:${new URL(collector.url).port}`;
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = traces;
    const env = {
      ...issuer.env,
      UPSTREAM_URL: sandbox.url,
      HTTP_PROXY: proxy.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: traces,
    };
    expect(await ask(env, await issuer.bearer({ scope: 'customers:read' }))).toEqual(ANSWER);
    await gateway?.close(0);
    gateway = undefined;
    expect(new Set(proxy.targets)).toEqual(new Set([keys.host, new URL(sandbox.url).host, new URL(traces).host]));
    expect(collector.requests).toHaveLength(1);
  } finally {
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    await collector.close();
    await issuer.goDown();
  }
});
