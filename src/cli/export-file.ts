import { hash } from 'node:crypto';
import { once } from 'node:events';
import { open, rm, truncate, writeFile, appendFile, type FileHandle } from 'node:fs/promises';
import { CommandFailure } from './command.js';
import { fileFailure, readTextIfAny } from './files.js';

/** How far an export has come: all before this is in its file. */
export interface Checkpoint {
  /** Cursor to go on after. */
  after: string;
  /** Length of the file. */
  bytes: number;
  rows: number;
  /** Items of the outer list. */
  items: number;
  /** Of the rows since the checkpoint before. */
  ids: readonly string[];
}

/** Destination of an export. */
export interface ExportTarget {
  /** When the export began, maybe in an earlier run. ISO 8601. */
  startedAt: string;
  /** Of earlier runs that were interrupted. */
  checkpoints: readonly Checkpoint[];
  write(text: string): Promise<void>;
  /** Remembers that the export can go on from here. */
  check(checkpoint: Omit<Checkpoint, 'bytes'>): Promise<void>;
  /** `isComplete` if there is nothing to go on with. */
  close(isComplete: boolean): Promise<void>;
}

/** Standard output, which cannot be resumed. */
export const createStdoutTarget = (startedAt: string): ExportTarget => ({
  startedAt,
  checkpoints: [],
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

interface Progress {
  key: string;
  startedAt: string;
  checkpoints: readonly Checkpoint[];
}

/** Lines of JSON, of which the last may be cut off. Undefined without such a file. @throws CommandFailure */
async function readProgress(file: string): Promise<Progress | undefined> {
  const text = await readTextIfAny(file);
  const [head, ...lines] = (text ?? '').split('\n').slice(0, -1);
  if (head === undefined) return undefined;
  try {
    const { key, startedAt } = JSON.parse(head) as Progress;
    return { key, startedAt, checkpoints: lines.map((line) => JSON.parse(line) as Checkpoint) };
  } catch {
    throw new CommandFailure(`${file} is not the progress of an export. Remove it, or choose another --output.`);
  }
}

class FileTarget implements ExportTarget {
  constructor(
    private readonly progressFile: string,
    private readonly handle: FileHandle,
    private bytes: number,
    readonly startedAt: string,
    readonly checkpoints: readonly Checkpoint[],
  ) {}

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.handle.appendFile(bytes);
    this.bytes += bytes.length;
  }

  async check(checkpoint: Omit<Checkpoint, 'bytes'>): Promise<void> {
    await appendFile(this.progressFile, `${JSON.stringify({ ...checkpoint, bytes: this.bytes })}\n`);
  }

  async close(isComplete: boolean): Promise<void> {
    await this.handle.close();
    if (isComplete) await rm(this.progressFile);
  }
}

/**
 * A file, with another one beside it, `<file>.progress`, that lasts until the export is complete. `identity` is different for each export.
 * @throws CommandFailure if the file cannot be written, or another export was interrupted
 */
export async function openFileTarget(file: string, identity: string, now: string): Promise<ExportTarget> {
  const progressFile = `${file}.progress`;
  const key = hash('sha256', identity, 'hex');
  const before = await readProgress(progressFile);
  if (before && before.key !== key) {
    throw new CommandFailure(
      `${progressFile} is of another export, which was interrupted. Remove it, or choose another --output.`,
    );
  }
  const checkpoints = before?.checkpoints ?? [];
  const bytes = checkpoints.at(-1)?.bytes ?? 0;
  try {
    const handle = await open(file, 'a');
    await truncate(file, bytes);
    if (!before) await writeFile(progressFile, `${JSON.stringify({ key, startedAt: now })}\n`);
    return new FileTarget(progressFile, handle, bytes, before?.startedAt ?? now, checkpoints);
  } catch (error) {
    throw fileFailure(file, 'written', error);
  }
}
