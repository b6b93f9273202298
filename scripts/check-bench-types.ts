import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Checks the types of `bench/` with its peers, where these are installed; the rest of it is checked with the project. */
if (existsSync('bench/node_modules')) {
  const { status } = spawnSync('npm', ['run', '--silent', 'tsc', '--', '-p', 'bench/tsconfig.json'], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}
console.log('bench/targets is not checked: its packages are not installed (npm ci in bench/).');
