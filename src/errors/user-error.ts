/** What the caller of a mutation can correct; the closed list behind `UserErrorCode`. */
export enum UserErrorCode {
  INVALID_INPUT = 'INVALID_INPUT',
  REQUIRED_FIELD_MISSING = 'REQUIRED_FIELD_MISSING',
  TOO_LONG = 'TOO_LONG',
  INVALID_EMAIL = 'INVALID_EMAIL',
  INVALID_LANGUAGE = 'INVALID_LANGUAGE',
  INVALID_CHARACTERS = 'INVALID_CHARACTERS',
  DUPLICATE_ATTRIBUTE_KEY = 'DUPLICATE_ATTRIBUTE_KEY',
  QUOTA_TOO_SMALL = 'QUOTA_TOO_SMALL',
  CONTRACT_TYPE_CHANGE_NOT_ALLOWED = 'CONTRACT_TYPE_CHANGE_NOT_ALLOWED',
  LICENSE_EXHAUSTED = 'LICENSE_EXHAUSTED',
  PASSWORD_POLICY_VIOLATED = 'PASSWORD_POLICY_VIOLATED',
  INITIAL_PASSWORD_CHANGE_REQUIRED = 'INITIAL_PASSWORD_CHANGE_REQUIRED',
  INVALID_AUTH_METHOD = 'INVALID_AUTH_METHOD',
  AUTH_CONFIGURATION_NOT_FOUND = 'AUTH_CONFIGURATION_NOT_FOUND',
  USER_ALREADY_EXISTS = 'USER_ALREADY_EXISTS',
  INVALID_URL = 'INVALID_URL',
  INVALID_EVENT_TYPE = 'INVALID_EVENT_TYPE',
  TOO_MANY_WEBHOOKS = 'TOO_MANY_WEBHOOKS',
  CUSTOMER_NOT_FOUND = 'CUSTOMER_NOT_FOUND',
  ATTRIBUTE_NOT_FOUND = 'ATTRIBUTE_NOT_FOUND',
  WEBHOOK_NOT_FOUND = 'WEBHOOK_NOT_FOUND',
}

/** One thing wrong with a mutation's input. */
export interface UserError {
  code: UserErrorCode;
  message: string;
  /** Path of the input at fault, from `input` downwards; null if it can't be known. */
  field: string[] | null;
  /** DRACOON's own error code; null if the gateway itself rejected the input. */
  upstreamCode: number | null;
}

/** A refusal of the gateway's own, before any upstream call. */
export function refusal(code: UserErrorCode, message: string, field: readonly string[]): UserError {
  return { code, message, field: ['input', ...field], upstreamCode: null };
}
