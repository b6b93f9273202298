import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadData } from '../operations/files/read-rows.js';
import { createLineCheck, readApplyLines, type ApplyLine, type LineKind } from './apply-lines.js';
import { createStdoutResults, loadFileResults, type ApplyResults } from './apply-results.js';
import { ApplyWindow, type LineResult } from './apply-window.js';
import { CommandFailure, createCommand } from './command.js';
import { fileFailure } from './files.js';
import { OutcomeJournal } from './outcome-journal.js';
import { ReadFailure, startOwnGateway } from './own-gateway.js';

interface Checked {
  /** Number of lines that ask for something. */
  lines: number;
  lastLine: number;
  problems: readonly string[];
  /** Lines that have no final result yet, by what they ask for. */
  due: ReadonlyMap<LineKind, number>;
  /** Number of lines by the final status of an earlier run. */
  statuses: Map<string, number>;
}

type Read = () => ReturnType<typeof readApplyLines>;

const MAX_PROBLEMS = 100;
/** As many lines in a row without one that is done or rejected end a run: the cause is not in the lines. */
const MAX_FAILURES_IN_A_ROW = 100;
const AGAIN = 'Correct the lines that were rejected, and call the same command again: it writes what is not done.';
/** Seconds before lines that were not attempted are sent again. */
const PAUSES = [1, 2, 4, 8];

const count = <K>(counts: Map<K, number>, key: K): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);

async function checkLines(read: Read, results: ApplyResults): Promise<Checked> {
  const problems: string[] = [];
  const due = new Map<LineKind, number>();
  const statuses = new Map<string, number>();
  const keys = new Map<string, number>();
  let lines = 0;
  let lastLine = 0;
  for await (const line of read()) {
    lines += 1;
    lastLine = line.number;
    if ('problems' in line) {
      problems.push(...line.problems.map((problem) => `line ${line.number}: ${problem}`));
      continue;
    }
    const { key, number } = line;
    const first = key === undefined ? undefined : keys.get(key);
    if (first !== undefined) problems.push(`line ${number}: key: is that of line ${first}`);
    else if (key !== undefined) keys.set(key, number);
    const status = results.finalOf(line);
    if (status === undefined) count(due, line.kind);
    else count(statuses, status);
  }
  return { lines, lastLine, problems, due, statuses };
}

function refuse(file: string, problems: readonly string[]): never {
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => `  - ${problem}`);
  const rest = problems.length - shown.length;
  const more = rest > 0 ? [`  - and ${rest} more`] : [];
  throw new CommandFailure(
    [...shown, ...more, `Not applied: lines of ${file} have to be corrected, and nothing was written.`].join('\n'),
  );
}

async function confirmDeletions(deletions: number, isConfirmed: boolean): Promise<void> {
  if (deletions === 0 || isConfirmed) return;
  const what = `the file deletes customers with all their users and data, on ${deletions} of its lines`;
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new CommandFailure(`Not applied: ${what}. --yes confirms it.`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`Note: ${what}. Go on? [y/N] `);
  prompt.close();
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new CommandFailure('Not applied: nothing was confirmed.');
}

/** Lines that are due, in windows. */
async function* toWindows(read: Read, results: ApplyResults): AsyncGenerator<ApplyWindow> {
  let window = new ApplyWindow();
  for await (const line of read()) {
    if ('problems' in line) throw new CommandFailure(`Line ${line.number} has changed while it was applied.`);
    if (results.finalOf(line) !== undefined) continue;
    if (!window.takes(line)) {
      yield window;
      window = new ApplyWindow();
    }
    window.add(line);
  }
  if (window.lines.length > 0) yield window;
}

/** Writes all lines of a window: those that were not attempted are sent again, as long as that comes to something or is not too often. */
async function writeWindow(window: ApplyWindow, read: ReadData): Promise<readonly LineResult[]> {
  const byLine = new Map<number, LineResult>();
  let left: readonly ApplyLine[] = window.lines;
  for (let failures = 0; ;) {
    const { results, retryAfterSeconds } = await window.send(left, read);
    for (const result of results) byLine.set(result.line, result);
    const before = left.length;
    left = left.filter(({ number }) => byLine.get(number)?.status === 'NOT_ATTEMPTED');
    failures = left.length < before ? 0 : failures + 1;
    const seconds = PAUSES[failures];
    if (left.length === 0 || seconds === undefined) break;
    await pause(1_000 * Math.max(seconds, Math.min(retryAfterSeconds, 60)));
  }
  return [...byLine.values()].toSorted((a, b) => a.line - b.line);
}

/** Counts what came of lines, and says whether to go on. */
class Tally {
  private failuresInARow = 0;
  private last: LineResult | undefined;

  constructor(
    private readonly lines: number,
    readonly statuses: Map<string, number>,
  ) {}

  add(results: readonly LineResult[]): void {
    for (const { status } of results) {
      count(this.statuses, status);
      this.failuresInARow = status === 'DONE' || status === 'REJECTED' ? 0 : this.failuresInARow + 1;
    }
    this.last = results.findLast(({ status }) => status !== 'DONE' && status !== 'REJECTED');
  }

  get reached(): number {
    return [...this.statuses.values()].reduce((sum, n) => sum + n, 0);
  }

  /** Why it is of no use to go on. */
  get stop(): string | undefined {
    if (this.last?.status !== 'NOT_ATTEMPTED' && this.failuresInARow < MAX_FAILURES_IN_A_ROW) return undefined;
    const { line, errors = [] } = this.last ?? { line: 0 };
    return `Stopped at line ${line}: ${errors[0]?.message ?? ''} (${errors[0]?.code ?? ''})`;
  }

  get isWhole(): boolean {
    return this.statuses.get('DONE') === this.lines || this.lines === 0;
  }

  show(): void {
    if (!process.stderr.isTTY) return;
    const share = Math.floor((100 * this.reached) / this.lines);
    process.stderr.write(`\r${String(share).padStart(4)}%  ${this.reached} lines`);
  }

  toSummary(): string {
    const done = this.statuses.get('DONE') ?? 0;
    if (this.isWhole) return `Applied: all ${this.lines} lines are done.`;
    const others = [...this.statuses].filter(([status]) => status !== 'DONE').map(([status, n]) => `, ${n} ${status}`);
    const unreached = this.lines - this.reached;
    const rest = unreached > 0 ? `, ${unreached} not reached` : '';
    return `Not applied whole: ${done} of ${this.lines} lines are done${others.join('')}${rest}.`;
  }
}

interface Job {
  read: Read;
  results: ApplyResults;
  checked: Checked;
  output: string | undefined;
}

async function writeLines({ read, results }: Job, tally: Tally, send: ReadData, settle: () => void): Promise<void> {
  for await (const window of toWindows(read, results)) {
    const written = await writeWindow(window, send);
    await results.write(written);
    settle();
    tally.add(written);
    tally.show();
    if (tally.stop !== undefined) break;
  }
}

/** @returns the exit code: 0 if each line is done */
async function apply(job: Job): Promise<number> {
  const { results, checked, output } = job;
  let journal: OutcomeJournal | undefined;
  const openOutcomes = async (file: string, caller: string, timeoutMs: number): Promise<OutcomeJournal> =>
    (journal = await OutcomeJournal.open(file, caller, timeoutMs));
  const gateway = await startOwnGateway(
    process.env,
    output === undefined ? {} : { openOutcomes: (...args) => openOutcomes(`${output}.progress`, ...args) },
  );
  const tally = new Tally(checked.lines, checked.statuses);
  let failure: ReadFailure | undefined;
  try {
    await results.open();
    await writeLines(job, tally, gateway.read, () => journal?.forgetEnded());
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    failure = error;
  } finally {
    await gateway.close();
  }
  await results.close(checked.lastLine);
  journal?.close();
  const reason = failure ? `Stopped: ${failure.message} (${failure.code})` : tally.stop;
  if (process.stderr.isTTY) process.stderr.write('\r');
  if (reason !== undefined) console.error(reason);
  if (!tally.isWhole && output !== undefined) console.error(AGAIN);
  console.error(tally.toSummary());
  return tally.isWhole ? 0 : 1;
}

async function checkFile(file: string): Promise<void> {
  const stats = await stat(file).catch((error: unknown) => {
    throw fileFailure(file, 'read', error);
  });
  // It is read twice.
  if (!stats.isFile()) throw new CommandFailure(`${file} must be a file.`);
}

export const applyCommand = createCommand({
  options: {
    file: {
      type: 'string',
      value: 'FILE',
      isRequired: true,
      isPositional: true,
      description: 'Writes, one on each line',
    },
    output: {
      type: 'string',
      value: 'FILE',
      description: 'Results to write, or to go on with; default standard output',
    },
    'dry-run': { type: 'boolean', description: 'Check every line and write nothing' },
    yes: { type: 'boolean', description: 'Delete customers without asking' },
  },
  details: `Each line is one of {"create": {…}}, {"update": {"id": …}}, {"updateAttributes": {"customerId": …}} and
{"delete": {"id": …}}, with the inputs of the schema, and may have a "key". All lines are checked before the first
write. Takes UPSTREAM_URL, and UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE, from the environment. The exit code is 0 only
if each line is done. With --output, the same command goes on after an interruption, and writes no line twice.`,
  async run({ file, output, 'dry-run': isDry = false, yes = false }) {
    await checkFile(file);
    const check = createLineCheck(process.env['UPSTREAM_URL']?.trim() ?? '');
    const read: Read = () => readApplyLines(file, check);
    const results = output === undefined ? createStdoutResults() : await loadFileResults(output);
    const checked = await checkLines(read, results);
    if (checked.problems.length > 0) refuse(file, checked.problems);
    if (isDry) {
      const due = [...checked.due].map(([kind, n]) => `${n} ${kind}`).join(', ') || 'nothing';
      console.error(`Checked ${checked.lines} lines; to write: ${due}. Nothing was written.`);
      return 0;
    }
    await confirmDeletions(checked.due.get('delete') ?? 0, yes);
    return apply({ read, results, checked, output });
  },
});
