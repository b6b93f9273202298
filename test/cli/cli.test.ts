import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.js';
import type { Variable } from '../../src/config/variable.js';
import { VARIABLES } from '../../src/config/variables.js';
import { createSandboxCall, totalOf } from '../support/sandbox-client.js';
import { runCli } from '../support/run-cli.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const directory = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe('the command line', () => {
  it.each([['--help'], ['-h'], ['help']])('lists every command with %s', async (flag) => {
    const { code, stdout, stderr } = await runCli([flag]);
    expect([code, stderr]).toEqual([0, '']);
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
  });

  it.each([['--version'], ['-v']])('prints the version with %s', async (flag) => {
    expect(await runCli([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each(COMMANDS.map(({ name }) => name))('prints the usage of %s on one screen', async (name) => {
    const { code, stdout, stderr } = await runCli([...name.split(' '), '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toContain(`Usage: dracoon-graphql-gateway ${name}`);
    expect(stdout.split('\n').length).toBeLessThanOrEqual(24);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('prints the usage of a command that follows help', async () => {
    expect(await runCli(['help', 'schema', 'check'])).toEqual(await runCli(['schema', 'check', '--help']));
  });

  it.each([
    [[], 'Usage: dracoon-graphql-gateway <command>'],
    [['strat'], "Unknown command 'strat'. Did you mean 'start'?"],
    [['shema', 'check', '--against', 'x'], "Did you mean 'schema check'?"],
    [['schema', 'prnt'], "Unknown command 'schema prnt'. Did you mean 'schema print'?"],
    [['schema'], 'schema check  Compare'],
    [['--port=1'], "Unknown command '--port=1'."],
    [['schema', 'check'], '--against or --documents is missing.'],
    [['schema', 'check', '--agianst', 'x'], "Unknown option '--agianst'. Did you mean --against?"],
    [['schema', 'check', '--against'], "Option '--against <value>' argument missing."],
    [['schema', 'print', 'all'], "Unexpected argument 'all'."],
    [['start', '--port', '1'], "Unknown option '--port'."],
    [['sandbox', '--customers', 'many'], 'it must be a whole number from 0 to 1000000.'],
  ])('refuses %j with its usage on stderr and 2', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: dracoon-graphql-gateway');
  });
});

describe('schema print', () => {
  it('prints schema.graphql', async () => {
    expect(await runCli(['schema', 'print'])).toEqual({
      code: 0,
      stdout: readFileSync('schema.graphql', 'utf8'),
      stderr: '',
    });
  });

  it('prints the variant with scopes', async () => {
    expect((await runCli(['schema', 'print', '--scopes'])).stdout).toContain('@requiresScopes(scopes:');
  });

  it('prints what clients see', async () => {
    const { code, stdout } = await runCli(['schema', 'print', '--api']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^"""\n[^]*type Query/)]);
    expect(stdout).not.toMatch(/@link|@key/);
  });

  it('does not mind that nobody reads to the end', async () => {
    const child = spawn(process.execPath, ['dist/cli/main.js', 'schema', 'print'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('');
  });
});

const current = readFileSync('schema.graphql', 'utf8');

describe('schema check', () => {
  const check = (file: string) => runCli(['schema', 'check', '--against', file]);

  it('is content with what it keeps', async () => {
    const { code, stdout } = await check('schema.graphql');
    expect([code, stdout]).toEqual([0, 'The schema of this gateway keeps all that schema.graphql promises.\n']);
  });

  it('names all that breaks', async () => {
    const promised = current
      .replace('type Customer ', 'type Customer @key(fields: "companyName") ')
      .replace('  companyName: String!', '  companyName: String!\n  gone: Int\n  alsoGone: Int');
    const { code, stderr } = await check(write('released.graphql', promised));
    expect(code).toBe(1);
    expect(stderr).toContain('  - Customer.gone was removed.\n  - Customer.alsoGone was removed.\n');
    expect(stderr).toContain('depend on Customer @key(fields: "companyName"), which was removed');
  });

  it.each([
    ['a file that is not there', () => join(directory, 'none'), 'cannot be read (ENOENT).'],
    ['what is no GraphQL', () => write('a.txt', 'x {'), 'is not a GraphQL schema: Syntax Error'],
    ['what is no schema', () => write('b.graphql', 'type A { b: C }'), 'is not a GraphQL schema: Unknown type "C"'],
  ])('says so of %s', async (_what, file, message) => {
    const { code, stderr } = await check(file());
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('schema check --documents', () => {
  const check = (...args: string[]) => runCli(['schema', 'check', '--documents', ...args]);
  const manifest = (name: string, documents: object): string => write(name, JSON.stringify(documents));

  it('accepts documents that can be run, in both formats', async () => {
    const file = manifest('fit.json', {
      one: '{ customer(id: 1) { id } }',
      two: 'subscription { customerEvents { type } }',
    });
    const apollo = manifest('apollo.json', {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'a', body: '{ customers { totalCount } }' }],
    });
    for (const path of [file, apollo]) {
      expect(await check(path)).toEqual({
        code: 0,
        stdout: `The schema of this gateway fits every document of ${path}.\n`,
        stderr: '',
      });
    }
  });

  it('names each one that cannot be run, with the reason, beside what breaks of the schema', async () => {
    const file = manifest('unfit.json', {
      fits: '{ customers { totalCount } }',
      gone: '{ gone }',
      cut: '{ customers {',
    });
    const { code, stdout, stderr } = await check(file, '--against', 'schema.graphql');
    expect([code, stdout]).toEqual([1, 'The schema of this gateway keeps all that schema.graphql promises.\n']);
    expect(stderr).toBe(
      `The schema of this gateway does not fit documents of ${file}:\n` +
        '  - gone: Cannot query field "gone" on type "Query".\n' +
        '  - cut: Syntax Error: Expected Name, found <EOF>.\n',
    );
    const older = write(
      'older.graphql',
      current.replace('  companyName: String!', '  companyName: String!\n  gone: Int'),
    );
    expect(await check(manifest('fit2.json', { a: '{ __typename }' }), '--against', older)).toMatchObject({ code: 1 });
  });

  it.each([
    ['a file that is not there', () => join(directory, 'none'), 'cannot be read (ENOENT).'],
    ['what is no JSON', () => write('c.json', '{'), 'is not a manifest of trusted documents: '],
    ['another format', () => manifest('d.json', { format: 'x' }), 'is not an apollo-persisted-query-manifest'],
    ['a document without a text', () => manifest('e.json', { a: '' }), 'Every document of the manifest needs'],
  ])('says so of %s', async (_what, file, message) => {
    const { code, stderr } = await check(file());
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('config check', () => {
  it('prints every value with its source', async () => {
    const { code, stdout, stderr } = await runCli(['config', 'check'], { PORT: '4100', NODE_ENV: '' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}PORT +environment +4100$/m);
    expect(stdout).toMatch(/^ {2}NODE_ENV +default +development$/m);
    expect(stdout).toMatch(/^ {2}AUTH_MODE +derived +none$/m);
    expect(stdout).toContain('The configuration is valid.');
  });

  it('names trusted documents that the schema does not fit', async () => {
    const documents = { good: '{ customers { totalCount } }', gone: '{ customers { gone } }' };
    const { code, stderr } = await runCli(['config', 'check'], {
      TRUSTED_DOCUMENTS: write('documents.json', JSON.stringify(documents)),
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Note: The trusted document gone does not match the schema: Cannot query field "gone"/m);
    expect(stderr).not.toContain('good');
  });

  it('names every problem at once, those of files too, and exits with 1', async () => {
    const { code, stderr } = await runCli(['config', 'check'], {
      PORT: 'x',
      UPSTREAM_URL: 'nowhere',
      UPSTREAM_TOKEN_FILE: write('token', ' \n'),
      TRUSTED_DOCUMENTS: write('manifest.json', '[]'),
      UPSTREAM_TIMOUT_MS: '1',
    });
    expect(code).toBe(1);
    for (const problem of [
      '  - PORT must be',
      '  - UPSTREAM_URL must be',
      '  - UPSTREAM_TOKEN_FILE must hold a token, and nothing else.',
      '  - TRUSTED_DOCUMENTS must name a manifest',
      'Did you mean UPSTREAM_TIMEOUT_MS?',
    ]) {
      expect(stderr).toContain(problem);
    }
  });
});

describe('config check', () => {
  it('prints no secret to either stream', async () => {
    const secret = 'canary0123456789abcdef';
    const secrets = Object.entries<Variable>(VARIABLES).filter(([, { isSecret }]) => isSecret);
    const env = Object.fromEntries(secrets.map(([name]) => [name, secret]));
    const { code, stdout, stderr } = await runCli(['config', 'check'], {
      ...env,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${secret}`,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}OTEL_EXPORTER_OTLP_HEADERS +environment +\(set, hidden\)$/m);
    expect(stdout).not.toContain(secret);
  });

  it('warns of what is unsafe, and exits with 0', async () => {
    const env = { NODE_ENV: 'production', UPSTREAM_URL: 'http://dracoon.example/api' };
    const { code, stdout, stderr } = await runCli(['config', 'check'], env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('The configuration is valid.')]);
    expect(stderr).toContain('Note: UPSTREAM_URL is plain http');
  });
});

describe('sandbox', () => {
  it('serves as many customers as it is told to, until it is stopped', async () => {
    const args = ['dist/cli/main.js', 'sandbox', '--port', '0', '--customers', '7'];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'], SANDBOX_CUSTOMERS: '9' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      stdout += chunk.toString();
      if (stdout.includes('curl')) break;
    }
    const url = /Sandbox +(\S+)/.exec(stdout)?.[1] ?? '';
    const answer = await createSandboxCall({ url })('GET', '/v4/provisioning/customers');
    expect(totalOf(answer)).toBe(7);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
