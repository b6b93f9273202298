import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Resident memory of a process: from /proc if there is one, else from ps. 0 if the process is gone. */
export async function readResidentBytes(pid: number): Promise<number> {
  try {
    const kibibytes =
      process.platform === 'linux'
        ? /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
        : (await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout;
    return Number(kibibytes ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

export interface MemoryWatch {
  /** Ends the watch and tells by how many bytes the highest sample was above the first. */
  stop(): Promise<number>;
}

const SAMPLE_MS = 50;

export function watchMemory(residentBytes: () => Promise<number>): MemoryWatch {
  const samples: Promise<number>[] = [residentBytes()];
  const timer = setInterval(() => samples.push(residentBytes()), SAMPLE_MS);
  return {
    async stop() {
      clearInterval(timer);
      const [first = 0, ...later] = await Promise.all(samples);
      return Math.max(0, ...later.map((sample) => sample - first));
    },
  };
}
