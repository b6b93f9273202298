import { ApiFailure, type FailureName } from '../http/errors.js';
import type { Json } from '../http/json.js';

export interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** Which failures a list answers a bad offset or limit with: not a number at all, and out of bounds. */
export interface RangeFailures {
  readonly notANumber: FailureName;
  readonly outOfBounds: FailureName;
}

const DOCUMENTED_FAILURES: RangeFailures = { notANumber: 'invalidRange', outOfBounds: 'invalidRange' };
const INT32_MAX = 2_147_483_647;
const MAX_LIMIT = 500;

/**
 * Reads `offset` and `limit`. The contract documents a maximum of 500 and no default: a larger limit is clamped to 500
 * here, and no limit means 500. A limit of 0 is out of bounds.
 */
export function readRange(query: URLSearchParams, failures: RangeFailures = DOCUMENTED_FAILURES): Range {
  const offset = readInteger(query.get('offset') ?? '0', 0, failures);
  const limit = readInteger(query.get('limit') ?? String(MAX_LIMIT), 1, failures);
  return { offset, limit: Math.min(limit, MAX_LIMIT) };
}

function readInteger(text: string, minimum: number, failures: RangeFailures): number {
  if (!/^-?\d+$/.test(text)) throw new ApiFailure(failures.notANumber);
  const value = Number(text);
  if (value < minimum || value > INT32_MAX) throw new ApiFailure(failures.outOfBounds);
  return value;
}

/** The list answer `{ range, items }` for one page of the selected records. */
export function toPage<T>(selected: readonly T[], range: Range, toJson: (record: T) => Json): Json {
  const { offset, limit } = range;
  return {
    range: { offset, limit, total: selected.length },
    items: selected.slice(offset, offset + limit).map(toJson),
  };
}
