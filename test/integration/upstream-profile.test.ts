import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProbeRequests } from '../../src/cli/probe-requests.js';
import { probeUpstream } from '../../src/cli/probe-upstream.js';
import type { UpstreamProfile } from '../../src/config/upstream-profile.js';
import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startGateway } from '../support/start-gateway.js';

const directory = mkdtempSync(join(tmpdir(), 'profile-'));
afterAll(() => rmSync(directory, { recursive: true }));

const file = join(directory, 'profile.json');
const TOKEN = { 'x-sds-service-token': SANDBOX_TOKENS.first };

let sandbox: Sandbox;
let gateway: Gateway | undefined;
afterEach(async () => {
  await gateway?.close(0);
  gateway = undefined;
  await sandbox.close();
});

/** Starts a sandbox, and writes the profile that a probe makes of it. */
async function start(options: SandboxOptions): Promise<void> {
  sandbox = await startSandbox(options);
  const baseUrl = new URL(sandbox.url);
  const requests = new ProbeRequests({
    baseUrl,
    serviceToken: SANDBOX_TOKENS.first,
    userAgent: 'test',
    timeoutMs: 10_000,
    maxBytes: 10_000_000,
    most: 30,
    openProxied: undefined,
  });
  const findings = await probeUpstream(requests.ask, () => undefined);
  await requests.close();
  write({ format: 1, upstream: sandbox.url, probedAt: '2026-01-02T03:04:05.000Z', requests: requests.count, findings });
}

const write = (profile: object): void => writeFileSync(file, JSON.stringify(profile));
const change = (findings: UpstreamProfile['findings']): void => {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as UpstreamProfile;
  write({ ...profile, findings: { ...profile.findings, ...findings } });
};

/** The upstream requests of an operation, and its data, of a gateway that has just started. */
async function requestsOf(
  query: string,
  env: Record<string, string>,
): Promise<{ requests: readonly LoggedRequest[]; body: { data?: unknown; errors?: unknown } }> {
  await gateway?.close(0);
  gateway = await startGateway({ UPSTREAM_URL: sandbox.url, ...env });
  sandbox.log.clear();
  return { body: await send(query), requests: sandbox.log.all() };
}

async function send(query: string): Promise<{ data?: unknown; errors?: unknown }> {
  const response = await fetch(`${gateway?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...TOKEN },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: unknown; errors?: unknown };
}

const lookUps = (count: number, step: number): string =>
  `{ ${Array.from({ length: count }, (_, index) => `c${index}: customer(id: ${1 + index * step}) { companyName }`).join(' ')} }`;
const limits = (requests: readonly LoggedRequest[]): unknown[] => requests.map(({ query }) => query['limit']);

const PROFILED = { UPSTREAM_PROFILE: file };
const LIMITLESS = { MAX_COST: '1000000', MAX_ROOT_FIELDS: '1000', MAX_ALIASES: '1000' };

describe('the profile of an upstream', () => {
  it('spares the planner to find out that the filter takes one id only', async () => {
    await start({ customers: 2_000, multiIdFilter: 'reject' });
    const without = await requestsOf(lookUps(100, 19), LIMITLESS);
    const profiled = await requestsOf(lookUps(100, 19), { ...LIMITLESS, ...PROFILED });
    expect(without.requests.filter(({ query }) => query['filter'] !== undefined)).toHaveLength(1);
    expect(profiled.requests.filter(({ query }) => query['filter'] !== undefined)).toEqual([]);
    expect(profiled.requests.length).toBeLessThan(without.requests.length);
    expect(profiled.body).toEqual(without.body);
  });

  it('has the list read in pages as large as the server takes', async () => {
    await start({ customers: 2_000, multiIdFilter: 'reject', maxLimit: 1_000 });
    const without = await requestsOf(lookUps(100, 19), LIMITLESS);
    const profiled = await requestsOf(lookUps(100, 19), { ...LIMITLESS, ...PROFILED });
    expect(limits(without.requests).filter((limit) => limit === '500')).toHaveLength(4);
    expect(limits(profiled.requests)).toEqual(['1000', '1000']);
    expect(profiled.body).toEqual(without.body);
  });

  it('asks a server that takes 100 at most for no more, in any list', async () => {
    await start({ customers: 250, multiIdFilter: 'reject', maxLimit: 100, overlongLimit: 'reject' });
    const query = '{ customers(first: 300) { totalCount nodes { id } } webhooks(first: 200) { nodes { id } } }';
    expect((await requestsOf(query, {})).body.errors).toBeDefined();
    const { requests, body } = await requestsOf(query, PROFILED);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ customers: { totalCount: 250 } });
    expect(limits(requests)).toEqual(['100', '100']);
    const all = await requestsOf(lookUps(100, 2), { ...LIMITLESS, ...PROFILED });
    expect(all.body.errors).toBeUndefined();
    expect(all.requests.map(({ query: { offset } }) => offset)).toEqual(['0', '100', '200']);
  });

  it.each([[0], [-60], [60]])(
    'narrows the day that a cursor goes on from, of a clock %d minutes ahead',
    async (minutes) => {
      await start({ customers: 120, dayOffsetMinutes: minutes });
      const edges = '{ customers(first: 100) { edges { cursor node { createdAt } } } }';
      const goOn = async (env: Record<string, string>): Promise<{ filters: unknown; data: unknown }> => {
        const { body } = await requestsOf(edges, env);
        const { customers } = body.data as { customers: { edges: { cursor: string; node: { createdAt: string } }[] } };
        const { cursor } = customers.edges.find(({ node }) => node.createdAt === created) ?? { cursor: '' };
        sandbox.log.clear();
        const { data } = await send(`{ customers(first: 50, after: "${cursor}") { nodes { id } } }`);
        return { filters: sandbox.log.all().map(({ query }) => query['filter']), data };
      };
      const { body } = await requestsOf(edges, {});
      const all = (body.data as { customers: { edges: { node: { createdAt: string } }[] } }).customers.edges;
      // In the morning: within hours of Greenwich the same day, and 12 hours behind it the day before.
      const created = all.slice(50).find(({ node }) => /T(?:0[4-9]|1[01]):/.test(node.createdAt))?.node.createdAt ?? '';
      const day = (daysBefore: number): string =>
        new Date(Date.parse(created) - daysBefore * 86_400_000).toISOString().slice(0, 10);
      const without = await goOn({});
      const profiled = await goOn(PROFILED);
      expect(without.filters).toEqual([`createdAt:ge:${day(1)}`]);
      expect(profiled.filters).toEqual([`createdAt:ge:${day(0)}`]);
      expect(profiled.data).toEqual(without.data);
    },
  );

  it('is shown by readiness, with what stays unknown', async () => {
    await start({ customers: 1 });
    gateway = await startGateway({ UPSTREAM_URL: sandbox.url, ...PROFILED });
    const answer = await fetch(`${gateway.url}/health/ready`);
    const { status, checks } = (await answer.json()) as { status: string; checks: { profile: { unknown: string[] } } };
    expect(status).toBe('ready');
    expect(checks.profile).toMatchObject({ status: 'ready', probedAt: '2026-01-02T03:04:05.000Z', pageSize: 500 });
    expect(checks.profile.unknown).toContain('multiIdFilter');
  });

  it('is not believed over the environment', async () => {
    await start({ customers: 2_000, multiIdFilter: 'reject' });
    const { requests } = await requestsOf(lookUps(100, 19), {
      ...LIMITLESS,
      ...PROFILED,
      UPSTREAM_MULTI_ID_FILTER: 'on',
    });
    expect(requests.filter(({ query }) => query['filter'] !== undefined)).toHaveLength(1);
  });

  it('is logged if the server has another version by now', async () => {
    await start({ customers: 1 });
    change({ restApiVersion: { value: '4.40.0' } });
    const warnings: unknown[] = [];
    const none = (): void => undefined;
    let warned: () => void;
    const warning = new Promise<void>((resolve) => (warned = resolve));
    gateway = await startGateway(
      { UPSTREAM_URL: sandbox.url, UPSTREAM_CHECK_SECONDS: '1', ...PROFILED },
      {
        info: none,
        error: none,
        warn(facts, message) {
          warnings.push([facts, message]);
          if (message.includes('profile')) warned();
        },
      },
    );
    await warning;
    expect(warnings).toContainEqual([
      { restApiVersion: '4.42.3', profiledVersion: '4.40.0' },
      'upstream has changed since its profile: probe it again',
    ]);
  });
});
