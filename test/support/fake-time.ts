import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The wall clock of processes that are started with `env`. */
export interface FakeTime {
  env: Readonly<Record<string, string>>;
  /** Moves it so many seconds from the true time, at once. */
  step(seconds: number): void;
  remove(): void;
}

function findLibrary(): string | undefined {
  if (!existsSync('/usr/lib')) return undefined;
  return ['', ...readdirSync('/usr/lib')]
    .map((folder) => join('/usr/lib', folder, 'faketime/libfaketimeMT.so.1'))
    .find((path) => existsSync(path));
}

/** Declares a suite that needs libfaketime. If there is none it is reported as skipped, with how to install it. */
export function describeWithFakeTime(name: string, declare: (createFakeTime: () => FakeTime) => void): void {
  const library = findLibrary();
  if (library !== undefined) {
    describe(name, () => declare(() => createFakeTime(library)));
    return;
  }
  const advice = `${name}: skipped, needs libfaketime (apt-get install libfaketime)`;
  process.stderr.write(`${advice}\n`);
  describe.skip(advice, () => declare(() => createFakeTime('')));
}

function createFakeTime(library: string): FakeTime {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-time-'));
  const file = join(folder, 'time');
  const step = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  step(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    step,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
