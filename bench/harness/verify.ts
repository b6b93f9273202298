import { isDeepStrictEqual } from 'node:util';
import { toRounded, toSelected } from '../workloads/canonical.js';
import { REQUEST_HEADERS } from '../workloads/http-request.js';
import type { Workload } from '../workloads/workload.js';
import type { RunningTarget } from './bench.js';

async function rowsOf({ target, port }: RunningTarget, workload: Workload, variant: number): Promise<unknown[]> {
  const { method, path, body } = workload.request(target.dialect, variant);
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: REQUEST_HEADERS,
    ...(method === 'POST' && { body }),
  });
  const text = await response.text();
  try {
    return workload.rows(target.dialect, text, variant);
  } catch (error) {
    throw new Error(`${target.name} answers ${workload.id} with ${text.slice(0, 500)}`, { cause: error });
  }
}

/** The path of the first value that differs, and both values. */
function firstDifference(a: unknown, b: unknown, path = ''): string {
  const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (isTree(a) && isTree(b)) {
    const [entries, others] = [
      new Map<string, unknown>(Object.entries(a)),
      new Map<string, unknown>(Object.entries(b)),
    ];
    for (const key of new Set([...entries.keys(), ...others.keys()])) {
      const [one, other] = [entries.get(key), others.get(key)];
      if (!isDeepStrictEqual(one, other)) return firstDifference(one, other, `${path}/${key}`);
    }
  }
  return `${path}: ${JSON.stringify(a)} against ${JSON.stringify(b)}`;
}

/**
 * Holds every target to the data of the first one, in the first, a middle and the last variant. Tells which targets
 * round integers beyond 2^53, which else count as equal. @throws where data differs
 */
export async function verifySameData(running: readonly RunningTarget[], workload: Workload): Promise<Set<string>> {
  const rounding = new Set<string>();
  const [reference, ...others] = running;
  if (!reference) return rounding;
  const variants = new Set([0, Math.floor(workload.variants / 2), workload.variants - 1]);
  for (const variant of variants) {
    const wanted = await rowsOf(reference, workload, variant);
    if (wanted.length !== workload.items) throw new Error(`${workload.id} gives ${wanted.length} rows`);
    for (const other of others) {
      const given = await rowsOf(other, workload, variant);
      const rows = other.target.dialect === 'raw' ? toSelected(given, wanted) : given;
      if (isDeepStrictEqual(rows, wanted)) continue;
      const [loose, wantedLoose] = [toRounded(rows), toRounded(wanted)];
      if (!isDeepStrictEqual(loose, wantedLoose)) {
        const difference = firstDifference(loose, wantedLoose);
        throw new Error(`${other.target.name} and ${reference.target.name} differ in ${workload.id}, ${difference}`);
      }
      rounding.add(other.target.name);
    }
  }
  return rounding;
}
