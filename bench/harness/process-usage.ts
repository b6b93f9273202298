import { readdirSync, readFileSync } from 'node:fs';

/** What a process and its children have used, by the kernel's account (proc(5)). */
export interface ProcessUsage {
  /** User and system time, in steps of the kernel's tick, a hundredth of a second. */
  cpuMicros: number;
  residentBytes: number;
}

const MICROS_OF_A_TICK = 10_000;
const BYTES_OF_A_KIBIBYTE = 1_024;
/** Places of utime and stime behind the command's closing parenthesis. */
const [USER_TIME, SYSTEM_TIME] = [11, 12];

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

export function readUsage(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]);
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return childrenOf(pid)
    .map(readUsage)
    .reduce(
      (sum, child) => ({
        cpuMicros: sum.cpuMicros + child.cpuMicros,
        residentBytes: sum.residentBytes + child.residentBytes,
      }),
      { cpuMicros: ticks * MICROS_OF_A_TICK, residentBytes: Number(resident ?? 0) * BYTES_OF_A_KIBIBYTE },
    );
}
