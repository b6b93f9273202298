import { refusal, UserErrorCode, type UserError } from '../errors/user-error.js';

/** One switch for an unknown of the upstream: whether null clears a field in an update. Refused until it is known. */
export function nullFields(patch: object): UserError[] {
  return Object.entries(patch)
    .filter(([, value]) => value === null)
    .map(([field]) =>
      refusal(
        UserErrorCode.INVALID_INPUT,
        'The upstream offers no way to clear this field. Leave it out to keep its value.',
        [field],
      ),
    );
}

/** The upstream does not say which of `isLocked` and its deprecated twin wins, so they must agree. */
export function conflictingLocks(input: { isLocked?: boolean; lockStatus?: boolean }): UserError[] {
  const { isLocked, lockStatus } = input;
  return isLocked !== undefined && lockStatus !== undefined && isLocked !== lockStatus
    ? [refusal(UserErrorCode.INVALID_INPUT, 'isLocked and lockStatus contradict each other.', ['lockStatus'])]
    : [];
}

/** The part of an input that was really given, at every depth: in a creation, null says the same as leaving out. */
export function given<T>(input: T): T {
  if (Array.isArray(input)) return input.map(given) as T;
  if (typeof input !== 'object' || input === null) return input;
  const entries = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, given(value)])) as T;
}
