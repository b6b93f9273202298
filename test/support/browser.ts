import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Declares a suite that drives Chromium, from CHROMIUM_PATH or found on PATH. Without one the suite is reported as
 * skipped, and the run says how to install one. `launch` starts a browser with a fresh profile; the suite closes it.
 */
export function describeInBrowser(name: string, declare: (launch: () => Promise<Browser>) => void): void {
  const executablePath = findChromium();
  if (executablePath) {
    describe(name, () => declare(() => chromium.launch({ executablePath, args: ARGUMENTS })));
    return;
  }
  const advice = `${name}: skipped, needs Chromium (apt-get install chromium, or set CHROMIUM_PATH)`;
  // Reporters leave out the names of skipped suites.
  process.stderr.write(`${advice}\n`);
  describe.skip(advice, () => declare(() => Promise.reject(new Error(advice))));
}

function findChromium(): string | undefined {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured) return configured;
  const folders = process.env['PATH']?.split(delimiter) ?? [];
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
