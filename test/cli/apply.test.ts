import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { runCli, type CliRun } from '../support/run-cli.js';
import { createSandboxCall, itemsOf } from '../support/sandbox-client.js';

const directory = mkdtempSync(join(tmpdir(), 'apply-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);

interface Result {
  line: number;
  status: string;
  id?: string;
  repetition?: string;
  errors?: { code: string; message: string; field?: string }[];
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ customers: 40 });
});
afterEach(() => sandbox.close());

const envOf = (): Record<string, string> => ({
  UPSTREAM_URL: sandbox.url,
  UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
  UPSTREAM_TIMEOUT_MS: '10000',
});
const apply = (args: readonly string[], env = {}): Promise<CliRun> =>
  runCli(['apply', ...args], { ...envOf(), ...env });

function write(name: string, lines: readonly (object | string)[]): string {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path(name), `${texts.join('\n')}\n`);
  for (const left of ['results.jsonl', 'results.jsonl.progress']) rmSync(path(left), { force: true });
  return path(name);
}
const toResults = (text: string): Result[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Result);
const readResults = (): Result[] => toResults(readFileSync(path('results.jsonl'), 'utf8'));
const toFile = ['--output', path('results.jsonl')];
const isLeft = (): boolean => existsSync(path('results.jsonl.progress'));

const lock = (id: number): object => ({ update: { id, isLocked: true, customerContractType: 'PAY' } });
const creation = (number: number): object => ({
  create: {
    companyName: `New ${number}`,
    providerCustomerId: `N-${number}`,
    customerContractType: 'PAY',
    quotaMax: 1_048_576,
    userMax: 5,
    firstAdminUser: { firstName: 'A', lastName: 'B', email: `a${number}@example.com` },
  },
});
const writes = (): string[] =>
  sandbox.log
    .all()
    .flatMap(({ method, operationId, path: at }) => (method === 'GET' ? [] : [`${String(operationId)} ${at}`]));
const lastLine = ({ stderr }: CliRun): string | undefined => stderr.trimEnd().split('\n').at(-1);
/** Performs the write and answers 500 in its place. */
const FAILS_AFTERWARDS = {
  kind: 'transform',
  transform: () => {
    throw new Error('failed after the write');
  },
} as const;

describe('apply', () => {
  it('writes each line once, and keeps the order of the lines and of the writes to a customer', async () => {
    const file = write('all.jsonl', [
      '{"create":{"companyName":"New Ltd","customerContractType":"PAY","quotaMax":9007199254740993,"userMax":10,"firstAdminUser":{"firstName":"A","lastName":"B","email":"a@example.com"}}}',
      { updateAttributes: { customerId: 5, attributes: [{ key: 'plan', value: 'gold\u2028' }] } },
      lock(5),
      lock(6),
      '',
      { delete: { id: '5' } },
      { key: 'own', update: { id: 6, userMax: 99, customerContractType: 'PAY' } },
    ]);
    const run = await apply([file, '--yes']);
    expect(toResults(run.stdout)).toMatchObject([
      { line: 1, status: 'DONE', id: expect.any(String) as string },
      { line: 2, status: 'DONE', id: '5' },
      { line: 3, status: 'DONE', id: '5' },
      { line: 4, status: 'DONE', id: '6' },
      { line: 6, status: 'DONE', id: '5' },
      { line: 7, status: 'DONE', id: '6', key: 'own' },
    ]);
    expect([run.code, lastLine(run)]).toEqual([0, 'Applied: all 6 lines are done.']);
    expect(writes().filter((text) => text.includes('/5'))).toEqual([
      'updateCustomerAttributes /v4/provisioning/customers/5/customerAttributes',
      'updateCustomer /v4/provisioning/customers/5',
      'removeCustomer /v4/provisioning/customers/5',
    ]);
    expect(writes()).toHaveLength(6);
    // What was written says all that the results need.
    expect(sandbox.log.all()).toHaveLength(6);
    expect(sandbox.log.of('createCustomer')[0]?.body).toContain('"quotaMax":9007199254740993,');
  });

  it('reports all problems by their lines before anything is written', async () => {
    const file = write('bad.jsonl', [
      lock(1),
      'nonsense',
      { create: { userMax: 'x' } },
      { update: { id: 0 } },
      { remove: { id: 1 } },
      { update: { id: 1, color: 'red' }, note: 1 },
      { key: 'k', delete: { id: 1 } },
      { key: 'k', delete: { id: 2 } },
    ]);
    const run = await apply([file, '--yes', ...toFile]);
    expect(run.code).toBe(1);
    for (const words of [
      'line 2: is not JSON',
      'line 3: create.userMax: Int cannot represent non-integer value: "x"',
      'line 3: create: Field "quotaMax" of required type "Long!" was not provided.',
      'line 4: update.id: must be a positive 64-bit integer',
      'line 5: must be an object with one of create, update, updateAttributes, delete',
      'line 6: note: is unknown',
      'line 6: update: Field "color" is not defined',
      'line 8: key: is that of line 7',
    ]) {
      expect(run.stderr).toContain(`  - ${words}`);
    }
    expect(run.stderr).not.toContain('line 1:');
    expect([sandbox.log.all(), existsSync(path('results.jsonl'))]).toEqual([[], false]);
  });

  it('checks only with --dry-run, and wants deletions confirmed', async () => {
    const file = write('delete.jsonl', [lock(1), { delete: { id: 2 } }]);
    const dry = await apply([file, '--dry-run']);
    expect([dry.code, dry.stderr]).toEqual([
      0,
      'Checked 2 lines; to write: 1 update, 1 delete. Nothing was written.\n',
    ]);
    const unconfirmed = await apply([file]);
    expect([unconfirmed.code, unconfirmed.stderr]).toEqual([1, expect.stringContaining('--yes confirms it.')]);
    expect(sandbox.log.all()).toEqual([]);
  });

  it('goes on behind lines that fail, and then writes only those that are not done', async () => {
    const file = write('some.jsonl', [...[1, 2, 3].map(lock), { update: { id: 4, quotaMax: 5 } }, lock(5), lock(6)]);
    const match = { operationId: 'updateCustomer', path: /\/2$/ };
    sandbox.faults.add({ match, action: { kind: 'respond', status: 403, body: {} } });
    const first = await apply([file, ...toFile]);
    expect(readResults().map(({ status }) => status)).toEqual(['DONE', 'FAILED', 'DONE', 'REJECTED', 'DONE', 'DONE']);
    expect(readResults()[1]?.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(readResults()[3]?.errors).toMatchObject([{ code: 'QUOTA_TOO_SMALL', field: 'update.quotaMax' }]);
    expect([first.code, lastLine(first)]).toEqual([
      1,
      'Not applied whole: 4 of 6 lines are done, 1 FAILED, 1 REJECTED.',
    ]);
    sandbox.faults.clear();
    sandbox.log.clear();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"quotaMax":5', '"quotaMax":2097152'));
    const second = await apply([file, ...toFile]);
    expect([second.code, lastLine(second)]).toEqual([0, 'Applied: all 6 lines are done.']);
    expect(readResults().map(({ line, status }) => [line, status])).toEqual([1, 2, 3, 4, 5, 6].map((n) => [n, 'DONE']));
    expect(writes().toSorted()).toEqual([2, 4].map((id) => `updateCustomer /v4/provisioning/customers/${id}`));
    sandbox.log.clear();
    expect((await apply([file, ...toFile])).code).toBe(0);
    expect([sandbox.log.all(), isLeft()]).toEqual([[], false]);
  });

  it('finds a creation whose outcome was unknown', async () => {
    const file = write('unknown.jsonl', [creation(1), creation(2)]);
    sandbox.faults.add({ match: { operationId: 'createCustomer' }, times: 1, action: FAILS_AFTERWARDS });
    await apply([file, ...toFile]);
    expect(
      readResults()
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['DONE', 'OUTCOME_UNKNOWN']);
    expect(isLeft()).toBe(true);
    const other = await apply([file, ...toFile], { UPSTREAM_TOKEN: SANDBOX_TOKENS.second });
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('with another UPSTREAM_URL or token')]);
    const again = await apply([file, ...toFile]);
    expect([again.code, isLeft()]).toEqual([0, false]);
    expect(
      readResults()
        .map(({ repetition }) => repetition ?? '')
        .toSorted(),
    ).toEqual(['', 'FOUND']);
    expect(sandbox.log.of('createCustomer')).toHaveLength(2);
  });

  it('goes on after it was killed, and writes no line twice', async () => {
    const lines = Array.from({ length: 1_200 }, (_, at) => creation(at));
    const file = write('killed.jsonl', lines);
    const gate = createGate();
    const creations = (): number => sandbox.log.of('createCustomer').length;
    // The first window of 500 and a part of the second are written, and some of it is under way.
    const match = { operationId: 'createCustomer' };
    sandbox.faults.add({ match, times: 700, action: { kind: 'transform', transform: (json) => json } });
    sandbox.faults.add({ match, until: gate.opened, action: { kind: 'transform', transform: (json) => json } });
    const child = spawn(process.execPath, ['dist/cli/main.js', 'apply', file, ...toFile], {
      env: { PATH: process.env['PATH'], ...envOf(), UPSTREAM_TIMEOUT_MS: '60000' },
      stdio: 'ignore',
    });
    try {
      await eventually('some creations are held back', () => creations() > 720);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    gate.open();
    sandbox.faults.clear();
    expect(readResults()).toHaveLength(500);
    await eventually('all is over', () => sandbox.log.all().every(({ finishedAt }) => finishedAt !== null));

    const run = await apply([file, ...toFile]);
    expect([run.code, lastLine(run)]).toEqual([0, 'Applied: all 1200 lines are done.']);
    expect(readResults().map(({ line, status }) => [line, status])).toEqual(lines.map((_, at) => [at + 1, 'DONE']));
    const repetitions = new Set(readResults().map(({ repetition }) => repetition));
    // One that was killed between its entry and its request is not found.
    repetitions.delete('NOT_FOUND');
    expect(repetitions).toEqual(new Set([undefined, 'SAME_RESULT', 'FOUND']));
    const call = createSandboxCall(sandbox);
    const pages = await Promise.all(
      ['0', '500', '1000'].map((offset) =>
        call('GET', '/v4/provisioning/customers', {
          query: { limit: '500', offset, filter: 'providerCustomerId:cn:N-' },
        }),
      ),
    );
    const made = pages.flatMap(itemsOf).map((customer) => customer['providerCustomerId']);
    expect([made.length, new Set(made).size]).toEqual([1_200, 1_200]);
  });

  it('stops if it comes to nothing, with the reason', async () => {
    const file = write(
      'refused.jsonl',
      Array.from({ length: 700 }, (_, at) => lock(at + 1)),
    );
    const run = await apply([file, ...toFile], { UPSTREAM_TOKEN: 'another-token' });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('Stopped at line 500: ');
    expect(lastLine(run)).toBe('Not applied whole: 0 of 700 lines are done, 500 FAILED, 200 not reached.');
    expect(sandbox.log.all().length).toBeLessThanOrEqual(500);
  });

  it('sends again what was not attempted', async () => {
    const file = write('paced.jsonl', [1, 2, 3].map(lock));
    const answer = { kind: 'respond', status: 429, headers: { 'retry-after': '2' }, body: {} } as const;
    sandbox.faults.add({ match: { operationId: 'updateCustomer' }, times: 1, action: answer });
    const run = await apply([file, ...toFile], {
      UPSTREAM_MAX_PER_OPERATION: '1',
      REQUEST_TIMEOUT_MS: '500',
      BULK_TIMEOUT_MS: '500',
    });
    expect(readResults().map(({ status }) => status)).toEqual(['FAILED', 'DONE', 'DONE']);
    expect(run.code).toBe(1);
    expect((await apply([file, ...toFile])).code).toBe(0);
  });

  it('leaves a line alone that was done, if its key has another input now', async () => {
    const file = write('keyed.jsonl', [{ key: 'a', ...lock(1) }]);
    await apply([file, ...toFile]);
    writeFileSync(file, JSON.stringify({ key: 'a', ...lock(2) }));
    const { code, stderr } = await apply([file, ...toFile]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('Line 1 was done with another input and the same key.'),
    ]);
    expect(writes()).toHaveLength(1);
  });

  it.each(['id,name\n', 'no line', '{"a":1}\n'])('leaves an --output alone that holds %j', async (text) => {
    const file = write('one.jsonl', [lock(1)]);
    writeFileSync(path('results.jsonl'), text);
    const { code, stderr } = await apply([file, ...toFile]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('holds something else than results')]);
    expect([readFileSync(path('results.jsonl'), 'utf8'), sandbox.log.all()]).toEqual([text, []]);
  });

  it('refuses an --output that another process is applying to', async () => {
    const file = write('one.jsonl', [lock(1)]);
    writeFileSync(path('results.jsonl.progress'), `${JSON.stringify({ pid: process.pid, caller: '' })}\n`);
    const { code, stderr } = await apply([file, ...toFile]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Process ${process.pid} is applying to the same`)]);
    expect(sandbox.log.all()).toEqual([]);
  });

  it.each([
    [[], 2, 'file is missing.'],
    [['a', 'b'], 2, "Unexpected argument 'b'."],
    [['no-such-file'], 1, 'no-such-file cannot be read (ENOENT).'],
    [['test'], 1, 'test must be a file.'],
  ])('says what is wrong with %j', async (args, expected, words) => {
    const { code, stderr } = await apply(args);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(words)]);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
