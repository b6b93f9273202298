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

/** How a target's data stands to the reference: the same, the same but for long integers, or what differs. */
export type Agreement = 'same' | 'rounded' | { difference: string };

function agreementOf(given: unknown, wanted: unknown): Agreement {
  if (isDeepStrictEqual(given, wanted)) return 'same';
  const [loose, wantedLoose] = [toRounded(given), toRounded(wanted)];
  return isDeepStrictEqual(loose, wantedLoose) ? 'rounded' : { difference: firstDifference(loose, wantedLoose) };
}

/**
 * Compares a target with the reference in the first, a middle and the last variant of a workload. Integers beyond 2^53
 * may differ by the rounding of a double. @throws where an answer of either is none of the workload
 */
export async function compareData(
  reference: RunningTarget,
  other: RunningTarget,
  workload: Workload,
): Promise<Agreement> {
  let agreement: Agreement = 'same';
  for (const variant of new Set([0, Math.floor(workload.variants / 2), workload.variants - 1])) {
    const wanted = await rowsOf(reference, workload, variant);
    if (wanted.length !== workload.items) throw new Error(`${workload.id} gives ${wanted.length} rows`);
    const given = await rowsOf(other, workload, variant);
    const found = agreementOf(other.target.dialect === 'raw' ? toSelected(given, wanted) : given, wanted);
    if (typeof found === 'object') return found;
    if (found === 'rounded') agreement = found;
  }
  return agreement;
}
