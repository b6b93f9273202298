import { refusal, UserErrorCode, type UserError } from '../errors/user-error.js';

/** One switch for an unknown of the upstream: whether null clears a field in an update. Refused until it is known. */
export function nullFields(patch: object): UserError[] {
  return Object.entries(patch)
    .filter(([, value]) => value === null)
    .map(([field]) =>
      refusal(
        UserErrorCode.INVALID_INPUT,
        'The upstream offers no way to clear this field. Omit it to keep its value.',
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

/** Of servers from 5.3.1 on, whose document names them; what they refuse here they would refuse with no place named. */
const MAX_ATTRIBUTES = 200;
export const MAX_KEY_LENGTH = 255;
const MAX_VALUE_LENGTH = 4_096;

/** Attributes of one request that are too many or too long, each with its place below `field`. */
export function oversizedAttributes(attributes: readonly { key: string; value: string }[], field: string): UserError[] {
  if (attributes.length > MAX_ATTRIBUTES) {
    const message = `One request takes at most ${MAX_ATTRIBUTES} attributes, and these are ${attributes.length}.`;
    return [refusal(UserErrorCode.INVALID_INPUT, message, [field])];
  }
  const limits = [
    ['key', MAX_KEY_LENGTH],
    ['value', MAX_VALUE_LENGTH],
  ] as const;
  return attributes.flatMap((attribute, index) =>
    limits
      .filter(([part, limit]) => attribute[part].length > limit)
      .map(([part, limit]) =>
        refusal(
          UserErrorCode.TOO_LONG,
          `The ${part} of an attribute has at most ${limit} characters, and this one has ${attribute[part].length}.`,
          [field, String(index), part],
        ),
      ),
  );
}

/** User names must not hold `<` or `>`. */
export function forbiddenUserName({ firstAdminUser }: { firstAdminUser?: { userName?: string } }): UserError[] {
  const userName = firstAdminUser?.userName;
  if (userName === undefined || !/[<>]/.test(userName)) return [];
  return [
    refusal(UserErrorCode.INVALID_CHARACTERS, 'A user name must not contain "<" or ">".', [
      'firstAdminUser',
      'userName',
    ]),
  ];
}
