import { GatewayError } from '../errors/gateway-error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { UpstreamFailure, type UpstreamFailureKind } from '../errors/upstream-failure.js';
import type { UserError } from '../errors/user-error.js';
import type { Outcome, WriteRepetition } from './outcome.js';

/** How one write of many ended. */
export enum WriteStatus {
  DONE = 'DONE',
  REJECTED = 'REJECTED',
  FAILED = 'FAILED',
  OUTCOME_UNKNOWN = 'OUTCOME_UNKNOWN',
  NOT_ATTEMPTED = 'NOT_ATTEMPTED',
}

/** How one write of many ended, with its value, or the reason why it has none. */
export interface WriteResult<T> {
  status: WriteStatus;
  value: T | null;
  /** Filled if it was rejected. */
  userErrors: readonly UserError[];
  /** Undefined if it is no repetition. */
  repetition?: WriteRepetition | undefined;
  /** What was thrown; undefined if it is done or was rejected. */
  error?: unknown;
}

const NOT_SENT: ReadonlySet<UpstreamFailureKind> = new Set(['circuit-open', 'paced', 'overloaded', 'not-started']);
const NOT_ATTEMPTED: ReadonlySet<ErrorCode> = new Set([
  'OPERATION_LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'IDEMPOTENCY_KEY_IN_USE',
  'IDEMPOTENCY_UNAVAILABLE',
]);

/** What an error says about the write that threw it: a 500 of the upstream → OUTCOME_UNKNOWN, a 429 → FAILED. */
export function statusOfError(error: unknown): WriteStatus {
  if (error instanceof UpstreamFailure) {
    if (error.outcomeUnknown) return WriteStatus.OUTCOME_UNKNOWN;
    return NOT_SENT.has(error.kind) ? WriteStatus.NOT_ATTEMPTED : WriteStatus.FAILED;
  }
  // A fault of the gateway's own can come after the write.
  if (!(error instanceof GatewayError)) return WriteStatus.OUTCOME_UNKNOWN;
  if (error.extensions['outcomeUnknown'] === true) return WriteStatus.OUTCOME_UNKNOWN;
  return NOT_ATTEMPTED.has(error.code) ? WriteStatus.NOT_ATTEMPTED : WriteStatus.FAILED;
}

/** Runs one write; never throws. */
export async function toWriteResult<T>(write: () => Promise<Outcome<T>>): Promise<WriteResult<T>> {
  try {
    const { value, userErrors, repetition } = await write();
    return { status: userErrors.length > 0 ? WriteStatus.REJECTED : WriteStatus.DONE, value, userErrors, repetition };
  } catch (error) {
    return { status: statusOfError(error), value: null, userErrors: [], error };
  }
}
