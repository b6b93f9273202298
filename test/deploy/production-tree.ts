import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Lockfile {
  packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>;
}

/** The folders that `npm ci --omit=dev --omit=optional` makes, by the lockfile. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;
  return Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path]) => path)
    .filter((path, _, all) => !all.some((other) => path.startsWith(`${other}/`)));
}

/** Declarations and source maps, half of all files: no process reads them. */
const isRead = (path: string): boolean => !/\.(?:d\.[cm]?ts|map)$/.test(path);

/** Copies into `folder` what the image has: the built gateway, package.json and the production packages alone. */
export function copyProductionTree(folder: string): void {
  for (const path of ['package.json', 'dist', ...productionPackages()]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(path, join(folder, path), { recursive: true, filter: isRead });
  }
}
