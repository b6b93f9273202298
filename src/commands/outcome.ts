import { toUserErrors } from '../errors/to-user-errors.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { UserError } from '../errors/user-error.js';

/** What came of a write that repeats an earlier one by its idempotency key. */
export enum WriteRepetition {
  SAME_RESULT = 'SAME_RESULT',
  FOUND = 'FOUND',
  NOT_FOUND = 'NOT_FOUND',
  WRITTEN_AGAIN = 'WRITTEN_AGAIN',
}

/** What a write came to: its value, or what the caller has to put right. `repetition` is undefined if it repeats none. */
export type Outcome<T> = ({ value: T; userErrors: [] } | { value: null; userErrors: UserError[] }) & {
  repetition?: WriteRepetition;
};

export const refused = (...userErrors: UserError[]): { value: null; userErrors: UserError[] } => ({
  value: null,
  userErrors,
});

/**
 * Runs one upstream write, exactly once.
 * @throws UpstreamFailure if the caller can't put the failure right by changing `input`
 */
export async function attempt<T>(input: object, write: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await write(), userErrors: [] };
  } catch (error) {
    const userErrors = error instanceof UpstreamFailure ? toUserErrors(error, { ...input }) : undefined;
    if (!userErrors) throw error;
    return refused(...userErrors);
  }
}
