import { is } from 'valibot';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { closestName } from '../../src/config/closest-name.js';
import { toConfigReport } from '../../src/cli/config-report.js';
import type { Variable } from '../../src/config/variable.js';
import { VARIABLES } from '../../src/config/variables.js';

/** Variables whose text is shown, although it may be any; user information and queries of URLs are masked. */
const SHOWN = [
  'ALLOWED_HOSTS',
  'CORS_ORIGINS',
  'HOST',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'JWT_AUDIENCE',
  'JWT_CUSTOMER_IDS_CLAIM',
  'JWT_ISSUER',
  'JWT_JWKS_URL',
  'MCP_TOOLS',
  'MCP_URL',
  'METRICS_HOST',
  'NO_PROXY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_SERVICE_NAME',
  'REDIS_KEY_PREFIX',
  'REDIS_URL',
  'ROUTER_INVALIDATION_URL',
  'ROUTER_SUBGRAPH_NAME',
  'TRUSTED_DOCUMENTS',
  'UPSTREAM_PROFILE',
  'UPSTREAM_TOKEN_FILE',
  'UPSTREAM_URL',
  'WEBHOOK_SIGNATURE_HEADER',
  'WEBHOOK_SIGNATURE_PREFIX',
];
const CANARY = 'canary0123456789abcdef';
/** Texts that hold a credential, one of which each variable takes that can hold one. */
const TEXTS = [
  CANARY,
  `name=${CANARY}`,
  `name=${CANARY},other=Bearer%20${CANARY}`,
  `https://host.example/${CANARY}`,
  `http://127.0.0.1/${CANARY}`,
  `https://${CANARY}.example`,
  `redis://user:${CANARY}@redis.example`,
];
const variables = Object.entries<Variable>(VARIABLES);
const valueOf = (env: Record<string, string>, name: string): string | undefined =>
  toConfigReport(env).rows.find((row) => row.name === name)?.value;

describe('toConfigReport', () => {
  it('has a row for each variable', () => {
    expect(toConfigReport({}).rows.map(({ name }) => name)).toEqual(variables.map(([name]) => name));
  });

  it('hides every variable that takes any text, except those that are listed here as shown', () => {
    const free = variables.filter(([, variable]) => TEXTS.some((text) => is(variable, text)));
    const open = free.filter(([, { isSecret }]) => !isSecret).map(([name]) => name);
    expect(open.sort()).toEqual(SHOWN);
  });

  it.each(variables)('shows no credential in %s unless its text is listed as shown', (name, variable) => {
    for (const text of TEXTS) {
      const { rows, problems } = toConfigReport({ [name]: text });
      expect(problems.join()).not.toContain(CANARY);
      const isOpen = SHOWN.includes(name) || !is(variable, text);
      if (!isOpen || text.includes('@')) expect(JSON.stringify(rows)).not.toContain(CANARY);
    }
  });

  it('warns of a plain http upstream in production that is not on loopback', () => {
    const warningsOf = (url: string, NODE_ENV = 'production') => toConfigReport({ UPSTREAM_URL: url, NODE_ENV }).notes;
    for (const url of [
      'http://dracoon.example/api',
      'http://10.0.0.1:8080',
      'http://127.0.0.1.example',
      'http://[::2]',
    ])
      expect(warningsOf(url)).toEqual([expect.stringContaining('UPSTREAM_URL is plain http')]);
    for (const url of ['https://dracoon.example/api', 'http://127.0.0.1:8080', 'http://localhost/api', 'http://[::1]'])
      expect(warningsOf(url)).toEqual([]);
    expect(warningsOf('http://dracoon.example/api', 'development')).toEqual([]);
    expect(warningsOf('http://dracoon.example/api').join()).not.toContain('dracoon.example');
  });

  it.each(variables.filter(([, { isSecret }]) => isSecret))('shows nothing of %s, right or wrong', (name) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12,30}$/), fc.constantFrom('', ' ', ' ,'), (value, oddity) => {
        expect(JSON.stringify(toConfigReport({ [name]: value + oddity }))).not.toContain(value);
      }),
    );
  });

  it.each([
    ['redis://user:p@ss/w@redis.example:6379', 'redis://***@redis.example:6379'],
    ['rediss://:secret@a.example,rediss://:secret@b.example', 'rediss://***@b.example'],
    ['user:secret@redis.example', '***@redis.example'],
    ['redis://redis.example?password=secret', 'redis://redis.example?***'],
    ['redis://redis.example:6379', 'redis://redis.example:6379'],
  ])('shows %s as %s', (text, shown) => expect(valueOf({ REDIS_URL: text }, 'REDIS_URL')).toBe(shown));

  it('derives what is left out from what is not', () => {
    const env = { NODE_ENV: 'production', UPSTREAM_URL: 'https://dracoon.example/api' };
    expect(['AUTH_MODE', 'INTROSPECTION', 'QUERY_PAGE', 'UPSTREAM_URL'].map((name) => valueOf(env, name))).toEqual([
      'token',
      'off',
      'off',
      'https://dracoon.example/api',
    ]);
    expect(valueOf({}, 'UPSTREAM_URL')).toBe('(the embedded sandbox)');
    expect(valueOf({ PORT: 'x' }, 'AUTH_MODE')).toBe('(left out)');
  });
});

describe('the profile of an upstream', () => {
  const directory = mkdtempSync(join(tmpdir(), 'report-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'profile.json');
  const env = { UPSTREAM_URL: 'https://dracoon.example/api', UPSTREAM_PROFILE: file };
  const write = (profile: object): void =>
    writeFileSync(
      file,
      JSON.stringify({
        format: 1,
        upstream: 'https://dracoon.example/api',
        probedAt: '2026-01-02T03:04:05.000Z',
        findings: { multiIdFilter: { value: 'off' }, pageSize: { value: 1_000 }, dayOffsetHours: { unknown: 'x' } },
        ...profile,
      }),
    );
  const rowsOf = (given: Record<string, string>): unknown[] =>
    toConfigReport(given)
      .rows.filter(({ name }) => /^UPSTREAM_(?:MULTI|PAGE|DAY)/.test(name))
      .map(({ name, value, source }) => [name, value, source]);

  it('is shown by config check as the source of its values', () => {
    write({});
    expect(toConfigReport(env).problems).toEqual([]);
    expect(rowsOf(env)).toEqual([
      ['UPSTREAM_MULTI_ID_FILTER', 'off', 'profile'],
      ['UPSTREAM_PAGE_SIZE', '1000', 'profile'],
      ['UPSTREAM_DAY_OFFSET_HOURS', '-12..14', 'default'],
    ]);
  });

  it('gives way to the environment, with a note if the two differ', () => {
    write({});
    const own = { ...env, UPSTREAM_MULTI_ID_FILTER: 'off', UPSTREAM_PAGE_SIZE: '200' };
    expect(rowsOf(own)).toContainEqual(['UPSTREAM_PAGE_SIZE', '200', 'environment']);
    expect(toConfigReport(own).notes).toEqual([
      'UPSTREAM_PAGE_SIZE is set, so the 1000 of UPSTREAM_PROFILE has no effect.',
    ]);
  });

  it.each<[object, string]>([
    [
      { upstream: 'https://other.example/api' },
      'be the profile of the server in UPSTREAM_URL, and is that of https://other.example/api.',
    ],
    [{ format: 2 }, 'be a file that `upstream probe` has written.'],
    [{ findings: { pageSize: 500 } }, 'be a file that `upstream probe` has written.'],
    [{ findings: { pageSize: { value: 0 } } }, 'be unchanged: its pageSize must be a whole number from 2 to 1000.'],
    [{ findings: { multiIdFilter: { value: true } } }, 'be unchanged: its multiIdFilter must be one of on, off.'],
  ])('is a problem with %j', (profile, message) => {
    write(profile);
    expect(toConfigReport(env).problems).toEqual([`UPSTREAM_PROFILE must ${message}`]);
  });

  it('is rejected if the file is missing or not JSON, or if there is no upstream', () => {
    expect(toConfigReport({ ...env, UPSTREAM_PROFILE: join(directory, 'none') }).problems).toEqual([
      'UPSTREAM_PROFILE must be a file that can be read (ENOENT).',
    ]);
    writeFileSync(file, '{');
    expect(toConfigReport(env).problems).toEqual([
      'UPSTREAM_PROFILE must be a file that `upstream probe` has written.',
    ]);
    write({});
    expect(toConfigReport({ UPSTREAM_PROFILE: file }).problems).toEqual([
      'UPSTREAM_PROFILE must be the profile of the server in UPSTREAM_URL, and is that of https://dracoon.example/api.',
    ]);
  });
});

describe('closestName', () => {
  const names = ['start', 'sandbox', 'schema print', 'schema check'];
  it.each([
    ['strat', 'start'],
    ['sandboxes', 'sandbox'],
    ['schema pint', 'schema print'],
    ['build', undefined],
    ['', undefined],
  ])('takes %j for %s', (written, meant) => expect(closestName(written, names)).toBe(meant));
});
