import type { CollectedErrors } from './collected-errors.js';

/** What belongs to one execution of a compiled operation. */
export interface Run {
  readonly contextValue: unknown;
  /** Coerced, defaults included. */
  readonly variableValues: Record<string, unknown>;
  readonly errors: CollectedErrors;
}
