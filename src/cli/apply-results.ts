import { once } from 'node:events';
import { open, rename, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { isRecord } from '../json/parse-json.js';
import type { ApplyLine } from './apply-lines.js';
import type { LineResult } from './apply-window.js';
import { CommandFailure } from './command.js';
import { fileFailure, readTextIfAny } from './files.js';

/** What earlier runs and this one have come to. */
export interface ApplyResults {
  /** The earlier result of a line that needs no further run. @throws CommandFailure if its key has another input now */
  finalOf(line: ApplyLine): string | undefined;
  /** Opens the destination. */
  open(): Promise<void>;
  write(results: readonly LineResult[]): Promise<void>;
  /** Leaves one result for each line up to `lastLine`, in their order. */
  close(lastLine: number): Promise<void>;
}

const FINAL: ReadonlySet<string> = new Set(['DONE', 'REJECTED']);

/** Standard output, after which no run can go on. */
export const createStdoutResults = (): ApplyResults => ({
  finalOf: () => undefined,
  open: () => Promise.resolve(),
  async write(results) {
    const text = results.map((result) => `${JSON.stringify(result)}\n`).join('');
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  close: () => Promise.resolve(),
});

type Earlier = Pick<LineResult, 'status' | 'hash' | 'key'>;

const isResult = (value: unknown): value is LineResult =>
  isRecord(value) && typeof value['line'] === 'number' && typeof value['hash'] === 'string';

/** The results in a file, of which a later one replaces an earlier one of the same line, and the bytes up to the last whole line. */
async function readResults(file: string): Promise<{ texts: Map<number, string>; bytes: number }> {
  const text = (await readTextIfAny(file)) ?? '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const texts = new Map<number, string>();
  try {
    for (const line of whole.split('\n').slice(0, -1)) {
      const result: unknown = JSON.parse(line);
      if (!isResult(result)) throw new TypeError('no result');
      texts.set(result.line, line);
    }
  } catch {
    throw new CommandFailure(`${file} holds something else than results of this command. Choose another --output.`);
  }
  if (texts.size === 0 && text !== '' && !text.startsWith('{"line":')) {
    throw new CommandFailure(`${file} holds something else than results of this command. Choose another --output.`);
  }
  return { texts, bytes: Buffer.byteLength(whole) };
}

class FileResults implements ApplyResults {
  private handle: FileHandle | undefined;
  private last: number;
  private isInOrder = true;

  constructor(
    private readonly file: string,
    private readonly earlier: ReadonlyMap<number, Earlier>,
    private readonly bytes: number,
  ) {
    this.last = Math.max(0, ...[...earlier.keys()].slice(-1));
  }

  finalOf({ number, hash, key }: ApplyLine): string | undefined {
    const result = this.earlier.get(number);
    if (!result || !FINAL.has(result.status)) return undefined;
    if (result.hash === hash) return result.status;
    if (key === undefined || result.key !== key || result.status !== 'DONE') return undefined;
    throw new CommandFailure(`Line ${number} was done with another input and the same key. Give it another key.`);
  }

  async open(): Promise<void> {
    try {
      this.handle = await open(this.file, 'a');
      await truncate(this.file, this.bytes);
    } catch (error) {
      throw fileFailure(this.file, 'written', error);
    }
  }

  async write(results: readonly LineResult[]): Promise<void> {
    this.isInOrder &&= (results[0]?.line ?? Infinity) > this.last;
    this.last = Math.max(this.last, results.at(-1)?.line ?? 0);
    await this.handle?.appendFile(results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  }

  async close(lastLine: number): Promise<void> {
    await this.handle?.close();
    if (this.isInOrder && this.last <= lastLine) return;
    const { texts } = await readResults(this.file);
    const lines = [...texts].filter(([number]) => number <= lastLine).toSorted(([a], [b]) => a - b);
    const other = `${this.file}.new`;
    await writeFile(other, lines.map(([, text]) => `${text}\n`).join(''));
    await rename(other, this.file);
  }
}

/** A file of results, which may hold some already. @throws CommandFailure if it holds something else */
export async function loadFileResults(file: string): Promise<ApplyResults> {
  const { texts, bytes } = await readResults(file);
  const earlier = new Map<number, Earlier>();
  for (const [number, text] of texts) {
    const { status, hash, key } = JSON.parse(text) as LineResult;
    earlier.set(number, { status, hash, ...(key !== undefined && { key }) });
  }
  return new FileResults(file, earlier, bytes);
}
