import { toUserErrors } from '../errors/to-user-errors.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { UserError } from '../errors/user-error.js';

/** What a write came to: its value, or what the caller has to put right. */
export type Outcome<T> = { value: T; userErrors: [] } | { value: null; userErrors: UserError[] };

export const refused = (...userErrors: UserError[]): { value: null; userErrors: UserError[] } => ({
  value: null,
  userErrors,
});

/**
 * Runs one upstream write, exactly once.
 * @throws UpstreamFailure where the caller can't put the failure right by changing `input`
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
