import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface InstalledPackage {
  /** Paths in the package. */
  files: string[];
}

interface Packed {
  filename: string;
  files: { path: string }[];
}

/** What npm says if it has a package neither in its cache nor from the registry. */
const OFFLINE = /\b(?:ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT)\b/;

/**
 * Packs what is built and has npm install it into an empty project in `directory`, as anyone would: with the newest
 * dependencies that its ranges allow, and not those of our lock file, which no package carries.
 * @returns undefined if the registry cannot be reached and npm's cache does not make up for it
 */
export async function installPackage(directory: string): Promise<InstalledPackage | undefined> {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', directory]);
  const [{ filename, files }] = JSON.parse(stdout) as [Packed];
  writeFileSync(join(directory, 'package.json'), '{ "private": true }');
  try {
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', filename], { cwd: directory });
  } catch (error) {
    if (error instanceof Error && OFFLINE.test(error.message)) return undefined;
    throw error;
  }
  return { files: files.map(({ path }) => path) };
}
