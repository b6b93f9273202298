import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { pathInBench, type Target } from '../target-list.js';

interface Lockfile {
  packages: Record<string, { version?: string }>;
}

const GIBIBYTE = 1024 ** 3;

function versionsOf({ packages }: Target, lock: Lockfile): string {
  return packages.map((name) => `${name} ${lock.packages[`node_modules/${name}`]?.version ?? '?'}`).join(', ');
}

/** Where and with what was measured, as Markdown. Versions are those of the lock file. */
export function describeSetting(targets: readonly Target[], how: string): string {
  const lock = JSON.parse(readFileSync(pathInBench('package-lock.json'), 'utf8')) as Lockfile;
  const [processor] = cpus();
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${type()} ${release()}`,
    `${cpus().length} × ${processor?.model ?? 'unknown processor'}, ${Math.round(totalmem() / GIBIBYTE)} GiB of memory`,
    how,
    ...targets.map(
      (target) => `\`${target.name}\`: ${[target.title, versionsOf(target, lock)].filter(Boolean).join('; ')}`,
    ),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}
