/** The closed list of `extensions.code` that clients can meet; the last group is Apollo Server's own. */
export const ERROR_CODES = [
  'BAD_USER_INPUT',
  'CURSOR_LOST',
  'EVENTS_LOST',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'OPERATION_LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'OVERLOADED',
  'NOT_ATTEMPTED',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_IN_USE',
  'IDEMPOTENCY_UNAVAILABLE',
  'IDEMPOTENCY_OUTCOME_UNKNOWN',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_CONTRACT_VIOLATION',
  'UPSTREAM_ERROR',
  'ERRORS_LEFT_OUT',
  'INTERNAL_SERVER_ERROR',

  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export function isErrorCode(value: unknown): value is ErrorCode {
  return (ERROR_CODES as readonly unknown[]).includes(value);
}
