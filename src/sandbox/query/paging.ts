import { ApiFailure, type FailureName } from '../http/errors.js';
import type { SandboxSettings } from '../settings.js';
import type { Json } from '../http/json.js';

export interface Range {
  readonly offset: number;
  readonly limit: number;
  /** What the answer's range says of it. */
  readonly told: number;
}

/** Which failures a list answers a bad offset or limit with: not a number at all, and out of bounds. */
export interface RangeFailures {
  readonly notANumber: FailureName;
  readonly outOfBounds: FailureName;
}

const DOCUMENTED_FAILURES: RangeFailures = { notANumber: 'invalidRange', outOfBounds: 'invalidRange' };
const INT32_MAX = 2_147_483_647;

/**
 * Reads `offset` and `limit`. The contract documents a maximum of 500 and no default: the settings say what a larger limit
 * does, and no limit means the largest. A limit of 0 is out of bounds.
 */
export function readRange(
  query: URLSearchParams,
  { maxLimit, overlongLimit }: Pick<SandboxSettings, 'maxLimit' | 'overlongLimit'>,
  failures: RangeFailures = DOCUMENTED_FAILURES,
): Range {
  const offset = readInteger(query.get('offset') ?? '0', 0, failures);
  const asked = readInteger(query.get('limit') ?? String(maxLimit), 1, failures);
  const limit = Math.min(asked, maxLimit);
  if (asked > maxLimit && overlongLimit === 'reject') throw new ApiFailure(failures.outOfBounds);
  return { offset, limit, told: overlongLimit === 'repeat' ? asked : limit };
}

function readInteger(text: string, minimum: number, failures: RangeFailures): number {
  if (!/^-?\d+$/.test(text)) throw new ApiFailure(failures.notANumber);
  const value = Number(text);
  if (value < minimum || value > INT32_MAX) throw new ApiFailure(failures.outOfBounds);
  return value;
}

/** The list answer `{ range, items }` for one page of the selected records. */
export function toPage<T>(selected: readonly T[], range: Range, toJson: (record: T) => Json): Json {
  const { offset, limit, told } = range;
  return {
    range: { offset, limit: told, total: selected.length },
    items: selected.slice(offset, offset + limit).map(toJson),
  };
}
