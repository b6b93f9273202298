import { readFileSync } from 'node:fs';
import { VARIABLES } from '../../src/config/variables.js';

const UNITS: Readonly<Record<string, number>> = { M: 1_000_000, Mi: 1_048_576, G: 1_000_000_000, Gi: 1_073_741_824 };

/** A quantity of memory, of Kubernetes or Compose, in bytes. @throws Error on a unit that is not known here */
export function toBytes(quantity: string): number {
  const [, number, unit = ''] = /^(\d+)([A-Z]i?)$/.exec(quantity) ?? [];
  const factor = UNITS[unit];
  if (number === undefined || factor === undefined) throw new Error(`${quantity} is no quantity of memory`);
  return Number(number) * factor;
}

/** What docs/performance.md measured in its long run, without a cache, and the most that the cache adds by default. */
export function documentedBytes(): number {
  const [, mebibytes] = /that of the last (\d+)\b/.exec(readFileSync('docs/performance.md', 'utf8')) ?? [];
  if (mebibytes === undefined) throw new Error('docs/performance.md no longer states the memory of its long run');
  return Number(mebibytes) * 1_048_576 + Number(VARIABLES.CACHE_MAX_BYTES.default);
}
