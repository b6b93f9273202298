import type { ErrorCode } from './error-codes.js';
import {
  at,
  duplicateAttributeKey,
  emptyText,
  malformedLanguage,
  malformedText,
  negativeNumber,
  tooLong,
  type Locator,
} from './locate-input.js';
import { UserErrorCode } from './user-error.js';

/** What one upstream error means to a client. */
export interface UpstreamErrorRow {
  /** `extensions.code` where it ends as a GraphQL error. */
  code: ErrorCode;
  message: string;
  /** Set where a mutation reports it in `userErrors`. */
  userError?: UserErrorCode;
  locate?: Locator;
  /** Whether the same read may be sent again. */
  retryable: boolean;
}

const login = at('firstAdminUser.authData.login', 'firstAdminUser.userName', 'firstAdminUser.email', 'firstAdminUser');

function correctable(userError: UserErrorCode, message: string, locate?: Locator): UpstreamErrorRow {
  return { code: 'BAD_USER_INPUT', message, userError, retryable: false, ...(locate && { locate }) };
}

/** By `status errorCode` (OpenAPI `x-error-codes`); a status alone stands for every other errorCode. */
const TABLE: Readonly<Record<string, UpstreamErrorRow>> = {
  '400 -10002': correctable(
    UserErrorCode.PASSWORD_POLICY_VIOLATED,
    'The password does not meet the password policy.',
    at('firstAdminUser.authData.password', 'firstAdminUser.password'),
  ),
  '400 -10013': correctable(
    UserErrorCode.INVALID_LANGUAGE,
    'This is not an IETF language tag, such as de-DE.',
    malformedLanguage,
  ),
  '400 -10100': correctable(
    UserErrorCode.INVALID_AUTH_METHOD,
    'This authentication method does not exist or is not available.',
    at('firstAdminUser.authData.method', 'firstAdminUser.authMethods'),
  ),
  '400 -10102': correctable(
    UserErrorCode.INVALID_AUTH_METHOD,
    'At least one authentication method must be enabled.',
    at('firstAdminUser.authMethods', 'firstAdminUser.authData'),
  ),
  '400 -70106': correctable(
    UserErrorCode.INVALID_AUTH_METHOD,
    'Only one authentication method may be given.',
    at('firstAdminUser.authMethods', 'firstAdminUser.authData'),
  ),
  '400 -80000': correctable(UserErrorCode.REQUIRED_FIELD_MISSING, 'A mandatory field is missing or empty.', emptyText),
  '400 -80001': correctable(
    UserErrorCode.INVALID_INPUT,
    'A number is not positive or a value is not valid.',
    negativeNumber,
  ),
  '400 -80002': correctable(UserErrorCode.INVALID_INPUT, 'A value is not a valid number.'),
  '400 -80005': correctable(UserErrorCode.INVALID_INPUT, 'A value is not a valid boolean.'),
  '400 -80007': correctable(UserErrorCode.TOO_LONG, 'A text or a list is longer than allowed.', tooLong),
  '400 -80009': correctable(
    UserErrorCode.INVALID_EMAIL,
    'This is not a valid email address.',
    at('firstAdminUser.email'),
  ),
  '400 -80010': correctable(UserErrorCode.INVALID_URL, 'The URL is not valid; it must start with https://.', at('url')),
  '400 -80015': correctable(
    UserErrorCode.DUPLICATE_ATTRIBUTE_KEY,
    'The same attribute key is given twice; keys do not distinguish upper and lower case.',
    duplicateAttributeKey,
  ),
  '400 -80023': correctable(
    UserErrorCode.INVALID_CHARACTERS,
    'A text contains characters that are not allowed; attribute keys take letters, digits, _ and -.',
    malformedText,
  ),
  '400 -80024': correctable(UserErrorCode.INVALID_INPUT, 'The requested range is not valid.'),
  '400 -80038': correctable(
    UserErrorCode.INITIAL_PASSWORD_CHANGE_REQUIRED,
    'The first password change can be switched off only if the user is not notified.',
    at('firstAdminUser.authData.mustChangePassword', 'firstAdminUser.needsToChangePassword'),
  ),
  '400 -80060': correctable(
    UserErrorCode.INVALID_EVENT_TYPE,
    'An event type does not exist or cannot be used here.',
    at('eventTypeNames'),
  ),
  '400 -90002': correctable(
    UserErrorCode.INVALID_AUTH_METHOD,
    'The authentication configuration is ambiguous; name it by its id.',
    at('firstAdminUser.authData'),
  ),
  '400 -90059': correctable(
    UserErrorCode.AUTH_CONFIGURATION_NOT_FOUND,
    'There is no valid Active Directory configuration.',
    at('firstAdminUser.authData.adConfigId', 'firstAdminUser.authData'),
  ),
  '400 -90111': correctable(
    UserErrorCode.CONTRACT_TYPE_CHANGE_NOT_ALLOWED,
    'The contract type cannot be changed in this way.',
    at('customerContractType'),
  ),
  '400 -90510': correctable(
    UserErrorCode.QUOTA_TOO_SMALL,
    'The quota must be at least 1 MiB (1048576 bytes), or -1 for unlimited.',
    at('quotaMax'),
  ),
  '401': { code: 'UNAUTHENTICATED', message: 'The upstream does not accept these credentials.', retryable: false },
  '402 -90100': correctable(UserErrorCode.LICENSE_EXHAUSTED, 'The licence does not allow this.'),
  '403': { code: 'FORBIDDEN', message: 'These credentials do not allow this.', retryable: false },
  '403 -91001': correctable(UserErrorCode.TOO_MANY_WEBHOOKS, 'The number of allowed webhooks is used up.'),
  '404 -70550': correctable(UserErrorCode.ATTRIBUTE_NOT_FOUND, 'The customer has no such attribute.', at('key')),
  '404 -90035': correctable(
    UserErrorCode.AUTH_CONFIGURATION_NOT_FOUND,
    'This OpenID Connect configuration does not exist.',
    at('firstAdminUser.authData.oidConfigId', 'firstAdminUser.authData'),
  ),
  '404 -90050': correctable(
    UserErrorCode.AUTH_CONFIGURATION_NOT_FOUND,
    'This Active Directory configuration does not exist.',
    at('firstAdminUser.authData.adConfigId', 'firstAdminUser.authData'),
  ),
  '404 -90059': correctable(
    UserErrorCode.AUTH_CONFIGURATION_NOT_FOUND,
    'There is no valid OpenID Connect configuration.',
    at('firstAdminUser.authData.oidConfigId', 'firstAdminUser.authData'),
  ),
  '404 -90103': correctable(UserErrorCode.CUSTOMER_NOT_FOUND, 'This customer does not exist.', at('id', 'customerId')),
  '404 -91000': correctable(UserErrorCode.WEBHOOK_NOT_FOUND, 'This webhook does not exist.', at('id')),
  '409 -70560': correctable(UserErrorCode.USER_ALREADY_EXISTS, 'A user with this login already exists.', login),
  '409 -70561': correctable(
    UserErrorCode.USER_ALREADY_EXISTS,
    'A user with this Active Directory name already exists.',
    login,
  ),
  '409 -70562': correctable(UserErrorCode.USER_ALREADY_EXISTS, 'A user with this RADIUS login already exists.', login),
  '409 -70563': correctable(
    UserErrorCode.USER_ALREADY_EXISTS,
    'A user with this OpenID Connect name already exists.',
    login,
  ),
  '409 -70564': correctable(UserErrorCode.USER_ALREADY_EXISTS, 'A user with this name already exists.', login),
  '429': { code: 'UPSTREAM_RATE_LIMITED', message: 'The upstream asks to slow down.', retryable: true },
  '502': { code: 'UPSTREAM_UNAVAILABLE', message: 'The upstream is not available.', retryable: true },
  '503': { code: 'UPSTREAM_UNAVAILABLE', message: 'The upstream is not available.', retryable: true },
  '504': { code: 'UPSTREAM_UNAVAILABLE', message: 'The upstream is not available.', retryable: true },
};

const UNKNOWN: UpstreamErrorRow = {
  code: 'UPSTREAM_ERROR',
  message: 'The upstream failed to answer this.',
  retryable: false,
};

/** The meaning of an upstream error answer; total: what the table lacks is an UPSTREAM_ERROR. */
export function upstreamErrorRow(status: number, errorCode: number | undefined): UpstreamErrorRow {
  return TABLE[`${status} ${errorCode}`] ?? TABLE[String(status)] ?? UNKNOWN;
}
