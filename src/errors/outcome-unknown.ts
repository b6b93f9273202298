/** Ends the message of a write that failed and may have been performed all the same. */
export const OUTCOME_UNKNOWN = 'It is not known whether the change was made.';
