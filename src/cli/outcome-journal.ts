import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterProcess, hasEnded } from '../commands/write-once.js';
import type { OutcomeStore, SwapResult } from '../idempotency/outcome-store.js';
import { CommandFailure } from './command.js';
import { fileFailure, readTextIfAny } from './files.js';

interface Head {
  pid: number;
  /** Hash of upstream and credential. */
  caller: string;
}

type Entry = readonly [key: string, text: string | null];

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Lines of JSON, of which the last may be cut off. */
async function readJournal(file: string): Promise<{ head: Head; entries: Map<string, string> } | undefined> {
  const [head, ...lines] = ((await readTextIfAny(file)) ?? '').split('\n').slice(0, -1);
  if (head === undefined) return undefined;
  try {
    const entries = new Map<string, string>();
    for (const [key, text] of lines.map((line) => JSON.parse(line) as Entry)) {
      if (text === null) entries.delete(key);
      else entries.set(key, afterProcess(text));
    }
    const { pid, caller } = JSON.parse(head) as Head;
    return { head: { pid, caller }, entries };
  } catch {
    throw new CommandFailure(`${file} is not the progress of this command. Remove it, or choose another --output.`);
  }
}

/**
 * Outcomes of writes in a file, so that a process that is killed leaves behind what it has sent. Each is in the file before its write is sent. One
 * process at a time has it.
 */
export class OutcomeJournal implements OutcomeStore {
  private fd: number;

  private constructor(
    private readonly file: string,
    private readonly head: Head,
    private entries: Map<string, string>,
  ) {
    this.fd = this.rewrite();
  }

  /**
   * Opens it, and waits until writes that a killed process has sent `timeoutMs` ago at most are over.
   * @throws CommandFailure if another process or another caller has it, or it cannot be written
   */
  static async open(file: string, caller: string, timeoutMs: number): Promise<OutcomeJournal> {
    const before = await readJournal(file);
    const { pid } = before?.head ?? {};
    if (pid !== undefined && pid !== process.pid && isRunning(pid)) {
      throw new CommandFailure(
        `Process ${pid} is applying to the same --output. If it is another program, remove ${file}.`,
      );
    }
    const entries = before?.entries ?? new Map<string, string>();
    if (entries.size > 0 && before?.head.caller !== caller) {
      throw new CommandFailure(
        `${file} has writes of unknown outcome with another UPSTREAM_URL or token. Use the same.`,
      );
    }
    if (![...entries.values()].every(hasEnded)) {
      const restMs = statSync(file).mtimeMs + timeoutMs - Date.now();
      if (restMs > 0)
        console.error(`Waiting ${Math.ceil(restMs / 1_000)} s for writes of the interrupted run to end ...`);
      await pause(Math.max(0, restMs));
    }
    try {
      return new OutcomeJournal(file, { pid: process.pid, caller }, entries);
    } catch (error) {
      throw fileFailure(file, 'written', error);
    }
  }

  async swap(key: string, expected: string | undefined, next: string | undefined): Promise<SwapResult> {
    const current = this.entries.get(key);
    if (current !== expected) return { swapped: false, current };
    writeSync(this.fd, `${JSON.stringify([key, next ?? null] satisfies Entry)}\n`);
    if (next === undefined) this.entries.delete(key);
    else this.entries.set(key, next);
    return { swapped: true };
  }

  /** Forgets writes whose outcome is known, as it is kept elsewhere. */
  forgetEnded(): void {
    this.entries = new Map([...this.entries].filter(([, text]) => !hasEnded(text)));
    closeSync(this.fd);
    this.fd = this.rewrite();
  }

  /** Leaves the file only if it is needed again. */
  close(): void {
    closeSync(this.fd);
    if (this.entries.size === 0) rmSync(this.file);
  }

  private rewrite(): number {
    const lines = [JSON.stringify(this.head), ...[...this.entries].map((entry) => JSON.stringify(entry))];
    const other = `${this.file}.new`;
    const fd = openSync(other, 'w');
    writeSync(fd, `${lines.join('\n')}\n`);
    renameSync(other, this.file);
    return fd;
  }
}
