import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toDeprecationsText } from '../../src/cli/to-deprecations-text.js';
import type { DeprecationReport, ElementReport } from '../../src/deprecations/to-report.js';
import { runCli, type CliRun } from '../support/run-cli.js';
import { startStack, type Stack } from '../support/start-stack.js';

const TOKEN = 'a-token-that-is-long-enough';

const run = (args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> =>
  runCli(['deprecations', ...args], { DEPRECATIONS_TOKEN: TOKEN, ...env });

describe('dracoon-graphql-gateway deprecations', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 5 }, env: { DEPRECATIONS_TOKEN: TOKEN } });
    const { errors } = await stack.execute('{ customer(id: 1) { lockStatus } }', undefined, {
      'x-sds-service-token': 'sandbox-provider-one',
      'apollographql-client-name': 'web',
      'apollographql-client-version': '1.2.3',
    });
    expect(errors).toBeUndefined();
  });
  afterAll(() => stack.close());

  it('prints who uses what', async () => {
    const { code, stdout: out } = await run(['--url', stack.gateway.url]);
    expect(code).toBe(0);
    expect(out).toContain('30 deprecated elements, judged by the last 30 days, counted by one process');
    expect(out).toMatch(/In use.*\(1\)\n {2}Customer\.lockStatus\n.*use `isLocked`.*\n.*\n +web 1\.2\.3 {2}1 use, /);
    expect(out).toContain('Not known yet (29)');
  });

  it('tells by its exit code whether one element may go', async () => {
    const of = (element: string): Promise<CliRun> =>
      run(['--url', `${stack.gateway.url}/`, '--element', element, '--json', '--days', '7']);
    const used = await of('Customer.lockStatus');
    expect(used.code).toBe(1);
    const report = JSON.parse(used.stdout) as DeprecationReport;
    expect(report.windowDays).toBe(7);
    expect(report.elements).toMatchObject([{ coordinate: 'Customer.lockStatus', verdict: 'in-use' }]);
    expect((await of('User.login')).code).toBe(1);
    expect(await of('User.nothing')).toMatchObject({ code: 2, stdout: '' });
  });

  it.each([
    [1, 'DEPRECATIONS_TOKEN', [], { DEPRECATIONS_TOKEN: 'another-token-than-that-one' }],
    [1, 'from 1 to 365', ['--days', '1000'], {}],
    [2, '--url', ['--url', 'ftp://x'], {}],
  ])('exits with %i and says what is wrong: %s', async (code, words, args, env) => {
    const outcome = await run(['--url', stack.gateway.url, ...args], env);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr).not.toContain(TOKEN);
  });

  it('follows no redirect, and is not taken in by another server', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url);
      if (request.url === '/deprecations') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await run(['--url', url])).toMatchObject({ code: 1, stdout: '' });
    expect(seen).toEqual(['/deprecations']);
    expect((await run(['--url', `${url}/base`])).stderr).toContain('not a gateway');
    server.close();
  });
});

it('tells each verdict apart', () => {
  const element = (coordinate: string, rest: Partial<ElementReport>): ElementReport => ({
    coordinate,
    reason: 'Because.',
    since: '2026-01-01',
    sunset: null,
    observedSince: null,
    uses: 0,
    lastUsedAt: null,
    verdict: 'safe',
    because: 'So.',
    clients: [],
    ...rest,
  });
  const client = (name: string | null) => ({
    name,
    version: null,
    uses: 2,
    firstUsedAt: '2026-02-01T00:00:00.000Z',
    lastUsedAt: '2026-02-03T00:00:00.000Z',
  });
  const text = toDeprecationsText({
    at: '2026-03-01T00:00:00.000Z',
    windowDays: 1,
    scope: 'shared',
    elements: [
      element('A.safe', {}),
      element('B.used', { verdict: 'in-use', clients: Array.from({ length: 22 }, () => client(null)) }),
      element('C.promised', { verdict: 'promised', sunset: '2027-01-01' }),
    ],
  });
  const order = [
    'counted by all replicas',
    'B.used',
    'and 2 more clients',
    'C.promised',
    'It goes on 2027-01-01.',
    'A.safe',
  ];
  expect(order.map((part) => text.indexOf(part))).toEqual(
    order.map((part) => text.indexOf(part)).sort((a, b) => a - b),
  );
  for (const part of order) expect(text).toContain(part);
  expect(text.split('(a client without a name)')).toHaveLength(21);
});
