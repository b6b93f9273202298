import { STATUS_CODES } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { isErrorCode, type ErrorCode } from '../../errors/error-codes.js';
import type { HttpAnswer } from '../../operations/http-answer.js';

/** Of the paths of operations. */
export const API_PREFIX = '/api/';

/** The media type of problem details. RFC 9457, section 3. */
export const PROBLEM = 'application/problem+json';

/** Status of a problem, if GraphQL leaves it open: an error beside data has none there. */
const STATUS_OF_CODE: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  CURSOR_LOST: 409,
  EVENTS_LOST: 409,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  OPERATION_LIMIT_EXCEEDED: 400,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  NOT_ATTEMPTED: 503,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_KEY_IN_USE: 409,
  IDEMPOTENCY_UNAVAILABLE: 503,
  IDEMPOTENCY_OUTCOME_UNKNOWN: 409,
  UPSTREAM_TIMEOUT: 504,
  UPSTREAM_UNAVAILABLE: 503,
  UPSTREAM_RATE_LIMITED: 503,
  UPSTREAM_CONTRACT_VIOLATION: 502,
  UPSTREAM_ERROR: 502,
  ERRORS_LEFT_OUT: 400,
  INTERNAL_SERVER_ERROR: 500,
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 500,
  GRAPHQL_VALIDATION_FAILED: 500,
  OPERATION_RESOLUTION_FAILURE: 500,
  PERSISTED_QUERY_NOT_FOUND: 404,
  PERSISTED_QUERY_NOT_SUPPORTED: 404,
};

type ShownError = Pick<GraphQLFormattedError, 'message' | 'extensions' | 'path'>;

const statusOf = ({ extensions }: ShownError): number => {
  const code = extensions?.['code'];
  return isErrorCode(code) ? STATUS_OF_CODE[code] : 500;
};

interface Failure {
  /** 200 if GraphQL leaves it open: then it is that of the gravest error. */
  status: number;
  /** As clients of GraphQL get them, at least one. */
  errors: readonly ShownError[];
  /** What was read all the same. */
  data?: unknown;
  extensions?: unknown;
}

/** Problem details of RFC 9457: code and detail of the gravest error, then all errors, and the data that there is beside them. */
export function toProblem({
  status,
  errors,
  data,
  extensions,
}: Failure): Readonly<Record<string, unknown>> & { status: number } {
  const statuses = errors.map(statusOf);
  const gravest = Math.max(...statuses);
  const { message, extensions: { code } = {} } = errors[statuses.indexOf(gravest)] ?? {};
  const shown = status >= 400 ? status : gravest;
  return {
    type: 'about:blank',
    title: STATUS_CODES[shown],
    status: shown,
    detail: message,
    code,
    errors,
    ...(data !== null && data !== undefined && { data }),
    ...(extensions !== undefined && { extensions }),
  };
}

const retryAfterOf = (errors: readonly ShownError[]): number[] =>
  errors.map(({ extensions }) => extensions?.['retryAfterSeconds']).filter((seconds) => typeof seconds === 'number');

/** Whether there is an error in an answer, beside data or instead of it. */
export const hasErrors = ({ status, trace }: HttpAnswer): boolean => status >= 400 || trace.errorCodes.length > 0;

/** The GraphQL response in an answer. */
export const responseIn = ({ text, encoding }: HttpAnswer): unknown =>
  JSON.parse(Buffer.from(String(text), encoding).toString('utf8'));

/** An answer with errors as a problem, whatever data it has: who reads a body as it comes must not take a part for the whole. */
export function toProblemAnswer(answer: HttpAnswer): HttpAnswer {
  const { status, headers } = answer;
  const failure = responseIn(answer) as Omit<Failure, 'status'>;
  const problem = toProblem({ ...failure, status });
  const others = headers.flatMap((name, at) =>
    at % 2 === 0 && name !== 'content-type' ? [name, headers[at + 1] ?? ''] : [],
  );
  const waits = retryAfterOf(failure.errors);
  if (waits.length > 0) others.push('retry-after', String(Math.max(...waits)));
  return {
    ...answer,
    status: problem.status,
    headers: [...others, 'content-type', PROBLEM],
    text: `${JSON.stringify(problem)}\n`,
    encoding: 'utf8',
  };
}
