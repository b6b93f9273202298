import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProfile } from '../../src/cli/upstream-probe.js';
import { loadConfig } from '../../src/config.js';
import type { Finding, UpstreamProfile } from '../../src/config/upstream-profile.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { runCli, type CliRun } from '../support/run-cli.js';

const directory = mkdtempSync(join(tmpdir(), 'probe-'));
afterAll(() => rmSync(directory, { recursive: true }));

let sandbox: Sandbox;
afterEach(() => sandbox.close());
const start = async (options: SandboxOptions = {}): Promise<void> => {
  sandbox = await startSandbox({ customers: 300, ...options });
};

const run = (options: readonly string[] = [], env: Record<string, string> = {}): Promise<CliRun> =>
  runCli(['upstream', 'probe', ...options], {
    UPSTREAM_URL: sandbox.url,
    UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
    ...env,
  });

/** Probes the sandbox, which may be asked 30 times and for reading alone. */
async function probe(): Promise<UpstreamProfile> {
  const env = { UPSTREAM_URL: sandbox.url, UPSTREAM_TOKEN: SANDBOX_TOKENS.first };
  const profile = await createProfile(loadConfig(env), () => undefined);
  const requests = sandbox.log.all();
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(requests.length).toBeLessThanOrEqual(30);
  expect(profile.requests).toBe(requests.length);
  return profile;
}

const valueOf = (finding: Finding | undefined): unknown => finding && 'value' in finding && finding.value;
const reasonOf = (finding: Finding | undefined): unknown => finding && 'unknown' in finding && finding.unknown;

describe('upstream probe', () => {
  it('finds out what the sandbox does if left alone', async () => {
    await start({ customers: 2_000 });
    const { findings, upstream } = await probe();
    expect(upstream).toBe(sandbox.url);
    expect(Object.fromEntries(Object.entries(findings).map(([name, finding]) => [name, valueOf(finding)]))).toEqual({
      restApiVersion: '4.42.3',
      multiIdFilter: 'on',
      pageSize: 500,
      overlongLimit: 'cut, as the range says',
      defaultLimit: 500,
      defaultDateFormat: 'UTC',
      repeatsOffset: true,
      attributesUnasked: false,
      dayOffsetHours: '-2..2',
      containsIgnoresCase: true,
      defaultOrder: 'id:asc, createdAt:asc',
      utcForm: expect.stringMatching(/^0000-00-00T00:00:00(?:\.000)?Z$/),
      uuidForm: '8-4-4-4-12',
      gzip: false,
      unknownFilterField: 'rejected',
      tenantEventTypesOnly: false,
    });
  });

  it.each<[SandboxOptions, string, unknown]>([
    [{ multiIdFilter: 'or' }, 'multiIdFilter', 'on'],
    [{ multiIdFilter: 'first' }, 'multiIdFilter', 'off'],
    [{ multiIdFilter: 'none' }, 'multiIdFilter', 'off'],
    [{ multiIdFilter: 'ignore' }, 'multiIdFilter', 'off'],
    [{ multiIdFilter: 'reject' }, 'multiIdFilter', 'off'],
    [{ maxLimit: 1_000, customers: 1_200 }, 'pageSize', 1_000],
    [{ maxLimit: 5_000, customers: 1_200 }, 'pageSize', 1_000],
    [{ maxLimit: 100 }, 'pageSize', 100],
    [{ maxLimit: 60 }, 'pageSize', 60],
    [{ maxLimit: 100, overlongLimit: 'repeat' }, 'pageSize', 100],
    [{ maxLimit: 500, overlongLimit: 'repeat', customers: 700 }, 'pageSize', 500],
    [{ maxLimit: 500, overlongLimit: 'reject' }, 'pageSize', 500],
    [{ maxLimit: 100, overlongLimit: 'reject' }, 'pageSize', 100],
    [{ overlongLimit: 'reject' }, 'overlongLimit', 'rejected'],
    [{ overlongLimit: 'repeat' }, 'overlongLimit', 'repeated by the range'],
    [{ maxLimit: 250 }, 'defaultLimit', 250],
    [{ defaultDateFormat: 'LOCAL' }, 'defaultDateFormat', 'LOCAL'],
    [{ defaultDateFormat: 'OFFSET' }, 'defaultDateFormat', 'OFFSET'],
    [{ defaultDateFormat: 'EPOCH' }, 'defaultDateFormat', 'EPOCH'],
    [{ defaultDateFormat: 'LEET' }, 'defaultDateFormat', 'another'],
    [{ dayOffsetMinutes: 120 }, 'dayOffsetHours', '0..4'],
    [{ dayOffsetMinutes: -300 }, 'dayOffsetHours', '-7..-3'],
    [{ dayOffsetMinutes: 840 }, 'dayOffsetHours', '12..14'],
    [{ dayOffsetMinutes: -720 }, 'dayOffsetHours', '-12..-10'],
    [{ distinguishesCase: true }, 'containsIgnoresCase', false],
    [{ defaultOrder: 'id-descending' }, 'defaultOrder', 'id:desc, createdAt:desc'],
    [{ compresses: true }, 'gzip', true],
    [{ unknownFilterField: 'ignore' }, 'unknownFilterField', 'ignored'],
  ])('of a sandbox with %j finds %s', async (options, name, expected) => {
    await start(options);
    const { findings } = await probe();
    expect(findings[name]).toEqual({ value: expected });
  });

  it.each<[number, readonly string[]]>([
    [0, ['multiIdFilter', 'pageSize', 'defaultDateFormat', 'dayOffsetHours', 'containsIgnoresCase', 'gzip']],
    [1, ['multiIdFilter', 'defaultDateFormat', 'repeatsOffset', 'defaultOrder']],
  ])('says of %d customers what they are too few for', async (customers, names) => {
    await start({ customers });
    const { findings } = await probe();
    for (const name of names) {
      expect(reasonOf(findings[name])).toMatch(
        new RegExp(`^the token sees ${customers} customer\\(s\\), and this takes \\d$`),
      );
    }
    expect(findings['restApiVersion']).toEqual({ value: '4.42.3' });
  });

  it('says that a list without a cut is too short to know the largest page', async () => {
    await start({ maxLimit: 1_000 });
    const { findings } = await probe();
    expect(reasonOf(findings['pageSize'])).toBe('300 customers are too few to see a list cut off');
  });

  it('holds no credential and nothing of a customer', async () => {
    await start();
    const text = JSON.stringify(await probe());
    expect(text).not.toContain(SANDBOX_TOKENS.first);
    const answer = await fetch(`${sandbox.url}/v4/provisioning/customers`, {
      headers: { 'x-sds-service-token': SANDBOX_TOKENS.first },
    });
    const { items } = (await answer.json()) as { items: { companyName: string; customerUuid: string }[] };
    for (const { companyName, customerUuid } of items) {
      expect(text).not.toContain(companyName);
      expect(text).not.toContain(customerUuid);
    }
  });

  it('ends at a 429, and says so of what is left', async () => {
    await start();
    sandbox.faults.add({
      match: { operationId: 'requestSoftwareVersion' },
      action: { kind: 'respond', status: 429 },
    });
    const { findings, requests } = await probe();
    expect(requests).toBe(2);
    expect(findings['restApiVersion']).toEqual({ unknown: 'the server answered with status 429' });
    expect(findings['multiIdFilter']).toEqual({ unknown: 'the server asked to wait (status 429)' });
    expect(findings['gzip']).toEqual({ value: false });
  });

  it('goes on behind a request that fails', async () => {
    await start();
    sandbox.faults.add({ match: { operationId: 'requestSoftwareVersion' }, action: { kind: 'reset' } });
    const { findings } = await probe();
    expect(findings['restApiVersion']).toEqual({ unknown: 'the request failed (unreachable)' });
    expect(findings['multiIdFilter']).toEqual({ value: 'on' });
    expect(sandbox.log.of('requestSoftwareVersion')).toHaveLength(1);
  });

  it('prints the profile', async () => {
    await start();
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, findings: { pageSize: { value: 500 } } });
  });

  it('writes the profile to a file, and what it finds to stderr', async () => {
    await start();
    const file = join(directory, 'profile.json');
    const { code, stdout, stderr } = await run(['--output', file]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^ {2}multiIdFilter +on$/m);
    expect(stderr).toMatch(/^ {2}pageSize +500$/m);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 1, upstream: sandbox.url });
  });

  it.each<[readonly string[], Record<string, string>, string]>([
    [[], { UPSTREAM_URL: '' }, 'UPSTREAM_URL must name the DRACOON server.'],
    [[], { UPSTREAM_TOKEN: '' }, "UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must hold the gateway's own token."],
    [
      [],
      { UPSTREAM_TOKEN: 'another-token' },
      'The customers could not be listed: the server answered with status 401.',
    ],
    [[], { UPSTREAM_URL: 'http://127.0.0.1:1/api' }, 'The server could not be asked (unreachable).'],
    [['--output', '/no/such/folder/file'], {}, '/no/such/folder/file cannot be written (ENOENT).'],
  ])('fails with 1 for %j %j, without a stack', async (options, env, message) => {
    await start();
    const { code, stdout, stderr } = await run(options, env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at |another-token/m);
  });
});
