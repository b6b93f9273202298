import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { runCli, type CliRun } from '../support/run-cli.js';

const directory = mkdtempSync(join(tmpdir(), 'export-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = (name: string): string => join(directory, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 1_200 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.log.clear();
  sandbox.faults.clear();
});

const run = (...args: string[]): Promise<CliRun> =>
  runCli(['export', ...args], { UPSTREAM_URL: sandbox.url, UPSTREAM_TOKEN: SANDBOX_TOKENS.first });

const endOf = (text: string): object => {
  const { end } = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { end: object };
  return end;
};

describe('export', () => {
  it('writes all customers, proves that each is there once, and asks once for each 499', async () => {
    const { code, stdout, stderr } = await run('customers', '--fields', 'id, companyName');
    const lines = stdout.split('\r\n');
    expect([code, lines[0], lines.length]).toEqual([0, 'id,companyName', 1_203]);
    expect(stdout).toContain('""complete"":true,""rows"":1200,""uniqueIds"":1200');
    expect(stderr).toMatch(/^Complete: 1200 rows, 1200 unique ids, read from \S+ to \S+\.\n$/);
    expect(sandbox.log.all()).toHaveLength(3);
  });

  it('takes a filter, and leaves the last row out', async () => {
    const filter = JSON.stringify({ isLocked: { eq: true } });
    const { code, stdout } = await run('customers', '--fields', 'isLocked', '--filter', filter, '--without-end');
    const [head, ...rows] = stdout.trimEnd().split('\r\n');
    expect([code, head, new Set(rows)]).toEqual([0, 'isLocked', new Set(['true'])]);
  });

  it('goes on after a failure when it is called again, and writes the same file', async () => {
    const args = ['customers', '--format', 'jsonl', '--output'];
    await run(...args, file('whole.jsonl'));
    sandbox.log.clear();
    const match = { operationId: 'requestCustomers' };
    sandbox.faults.add({ match, times: 2, action: { kind: 'transform', transform: (json) => json } });
    sandbox.faults.add({ match, action: { kind: 'respond', status: 403, body: {} } });
    const failed = await run(...args, file('parts.jsonl'));
    expect([failed.code, endOf(read('parts.jsonl'))]).toMatchObject([1, { complete: false, rows: 998 }]);
    expect(failed.stderr).toMatch(/^Incomplete: 998 rows, .* \(FORBIDDEN\)\n/);
    sandbox.faults.clear();
    sandbox.log.clear();
    // As a process that was killed while it wrote leaves it.
    writeFileSync(file('parts.jsonl'), `${read('parts.jsonl')}{"id":"12`);
    const other = await run('users', '--output', file('parts.jsonl'));
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('is of another export')]);
    expect((await run(...args, file('parts.jsonl'))).code).toBe(0);
    // The page that is left, and the number of customers.
    expect(sandbox.log.all()).toHaveLength(2);
    const rowsOf = (name: string): string[] => read(name).trimEnd().split('\n').slice(0, -1);
    expect(rowsOf('parts.jsonl')).toEqual(rowsOf('whole.jsonl'));
    expect(endOf(read('parts.jsonl'))).toMatchObject({ complete: true, rows: 1_200, uniqueIds: 1_200 });
    expect(existsSync(file('parts.jsonl.progress'))).toBe(false);
  });

  it.each([
    ['cannot be read (EISDIR).', (name: string) => mkdirSync(file(name))],
    ['is not the progress of an export.', (name: string) => writeFileSync(file(name), 'other\n')],
  ])('leaves a file alone whose progress %s', async (words, make) => {
    writeFileSync(file('kept.csv'), 'kept');
    make('kept.csv.progress');
    const { code, stderr } = await run('customers', '--output', file('kept.csv'));
    expect([code, stderr, read('kept.csv')]).toEqual([1, expect.stringContaining(words), 'kept']);
    expect(stderr).not.toMatch(/^ +at /m);
    rmSync(file('kept.csv.progress'), { recursive: true });
  });

  it('writes the rows of a document', async () => {
    writeFileSync(file('q.graphql'), 'query Q($id: ID!) { customer(id: $id) { users { nodes { userName } } } }');
    const { code, stdout } = await run('--document', file('q.graphql'), '--variables', '{"id":3}', '--format', 'jsonl');
    expect([code, endOf(stdout)]).toMatchObject([0, { complete: true, rows: stdout.trimEnd().split('\n').length - 1 }]);
  });

  it.each([
    [['--document', 'package.json'], 2, 'The document cannot be read.'],
    [['customers', '--fields', 'nothing'], 2, 'The document does not match the schema'],
    [['customers', '--format', 'xml'], 2, "--format is 'xml'"],
    [['customers', '--filter', '{'], 2, '--filter must be JSON.'],
    [['--document', 'no-such-file'], 1, 'no-such-file cannot be read (ENOENT).'],
    [['customers', '--filter', '{"id":1}'], 1, 'Incomplete: 0 rows'],
  ])('says what is wrong with %j', async (args, expected, words) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(words)]);
    expect(sandbox.log.all()).toEqual([]);
  });
});
