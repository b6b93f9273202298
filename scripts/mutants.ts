import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Config } from 'jest';
import { findFaults, type Fault } from './mutants/find-faults.js';
import { ImportGraph } from './mutants/find-tests.js';
import { ROOMS, type Room } from './mutants/rooms.js';

/**
 * Puts single faults into a copy of the sources and lists those that no test notices.
 *
 *     npm run mutants                       a sample of the faults of each room
 *     npm run mutants -- --seed 7           the sample of that seed
 *     npm run mutants -- src/auth           a sample of the faults of a folder or a file
 *     npm run mutants -- --all src/auth     all of them; without a path, of all rooms
 *     npm run mutants -- --unit             by unit tests alone
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    unit: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Math.trunc(Math.random() * 2 ** 31)) },
    sample: { type: 'string', default: '25' },
  },
});

const LEAST_SCORE = 0.9;
const TEST_TIMEOUT_MS = 10_000;
/** For tests that a fault makes wait for ever. */
const RUN_TIMEOUT_MS = 180_000;

interface Mutant extends Fault {
  file: string;
  line: number;
  /** The line that it starts in. */
  code: string;
  original: string;
}

interface Explained {
  file: string;
  code: string;
  replacement: string;
  reason: string;
}

const explained = JSON.parse(readFileSync('scripts/mutants/explained.json', 'utf8')) as Explained[];

const filesOf = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.includes('generated/'))
        .map((name) => join(path, name))
        .sort();

function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(file, 'utf8');
  const lines = source.split('\n');
  return findFaults(source).map((fault) => {
    const line = source.slice(0, fault.start).split('\n').length;
    const code = (lines[line - 1] ?? '').trim();
    return { ...fault, file, line, code, original: source.slice(fault.start, fault.end) };
  });
}

/** The faults with the lowest hashes: another seed takes others, and a change of one file leaves those of the rest. */
function sampleOf(mutants: readonly Mutant[]): Mutant[] {
  if (values.all) return [...mutants];
  const keyOf = ({ file, start, replacement }: Mutant): string =>
    createHash('sha256').update(`${values.seed} ${file} ${start} ${replacement}`).digest('hex');
  const keyed = mutants.map((mutant) => ({ mutant, key: keyOf(mutant) }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return keyed.slice(0, Number(values.sample)).map(({ mutant }) => mutant);
}

const isExplained = ({ file, code, replacement }: Mutant): boolean =>
  explained.some((one) => one.file === file && one.code === code && one.replacement === replacement);

/** A copy of the project that faults can be put into; its end removes it. */
async function createCopy(): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  cpSync('.', copy, { recursive: true, filter: (path) => !/^(?:node_modules|\.git|bench)$/.test(path) });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const { default: config } = (await import(pathToFileURL('jest.config.js').href)) as { default: Config };
  const { displayName: _name, testMatch: _match, ...shared } = (config.projects?.[0] ?? config) as Config;
  const own = { ...shared, rootDir: copy, cacheDirectory: join(copy, '.jest'), testTimeout: TEST_TIMEOUT_MS };
  writeFileSync(join(copy, 'mutants.jest.json'), JSON.stringify(own));
  return copy;
}

const copy = await createCopy();

/** Whether all tests pass, up to the first file in which one does not. */
async function pass(tests: readonly string[]): Promise<boolean> {
  if (tests.length === 0) return true;
  const jest = ['node_modules/jest/bin/jest.js', '--config', 'mutants.jest.json', '--runInBand', '--bail', '--silent'];
  const run = spawn('node', ['--experimental-vm-modules', '--no-warnings', ...jest, '--runTestsByPath', ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: RUN_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const end = (): void => void run.kill('SIGKILL');
  process.prependOnceListener('exit', end);
  const [code] = (await once(run, 'exit')) as [number | null];
  process.off('exit', end);
  return code === 0;
}

const graph = new ImportGraph();
const unitTests = filesOf('test/unit').filter((file) => file.endsWith('.test.ts'));

/** The tests that can notice faults of a file, in the order in which to ask them: the nearest are quick and know most. */
function testsOf(file: string, { suites }: Room): string[][] {
  const near = unitTests
    .map((test) => ({ test, distance: graph.distance(test, file) ?? Infinity }))
    .filter(({ distance }) => distance < Infinity)
    .sort((one, other) => one.distance - other.distance);
  const nearest = near.filter(({ distance }) => distance === near[0]?.distance);
  const others = near.filter((one) => !nearest.includes(one));
  const stacks = values.unit ? [] : suites.map((suite) => [`test/${suite}.test.ts`]);
  return [...[nearest, others].map((some) => some.map(({ test }) => test)), ...stacks];
}

async function isNoticed({ file, start, end, replacement }: Mutant, tests: readonly string[][]): Promise<boolean> {
  const source = readFileSync(file, 'utf8');
  writeFileSync(join(copy, file), source.slice(0, start) + replacement + source.slice(end));
  try {
    for (const some of tests) if (!(await pass(some))) return true;
    return false;
  } finally {
    writeFileSync(join(copy, file), source);
  }
}

const SHOWN_CHARACTERS = 120;
const brief = (text: string): string => text.replace(/\s+/g, ' ').slice(0, SHOWN_CHARACTERS);

/** Puts the faults of a room in, one after the other, and prints what came of it. Resolves to the score, 1 for no fault. */
async function judge(name: string, room: Room, files: readonly string[]): Promise<number> {
  const mutants = sampleOf(files.flatMap(mutantsOf).filter((mutant) => !isExplained(mutant)));
  const tests = new Map(mutants.map(({ file }) => [file, testsOf(file, room)]));
  if (!(await pass([...new Set([...tests.values()].flat(2))])))
    throw new Error(`tests of ${name} fail without a fault`);
  let alive = 0;
  for (const mutant of mutants) {
    if (await isNoticed(mutant, tests.get(mutant.file) ?? [])) continue;
    alive += 1;
    const { file, line, original, replacement } = mutant;
    console.log(`${file}:${line}\n  - ${brief(original)}\n  + ${brief(replacement)}`);
  }
  const score = mutants.length === 0 ? 1 : 1 - alive / mutants.length;
  console.log(`${name}: ${mutants.length} faults, ${alive} unnoticed, ${(score * 100).toFixed(1)} % noticed`);
  return score;
}

console.log(`seed ${values.seed}`);
const named = new Set(positionals.flatMap((path) => filesOf(path.replace(/\/$/, ''))));
const scores: number[] = [];
for (const [name, room] of Object.entries(ROOMS)) {
  const files = room.sources.flatMap(filesOf).filter((file) => positionals.length === 0 || named.has(file));
  if (files.length > 0) scores.push(await judge(name, room, files));
}
process.exitCode = scores.every((score) => score >= LEAST_SCORE) ? 0 : 1;
