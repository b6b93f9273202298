import type { HttpAnswer } from '../operations/http-answer.js';

/** Of a response with data and errors. Not in the registry of statuses: GraphQL over HTTP defines it for its own media type. */
export const PARTIAL_SUCCESS = 294;

/** Code of a request error → status. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  GRAPHQL_PARSE_FAILED: 400,
  PERSISTED_QUERY_NOT_FOUND: 404,
};
const UNPROCESSABLE = 422;

/**
 * The status of an answer whose media type is `application/graphql-response+json`, as GraphQL over HTTP, September 2026, has it:
 * data alone 200, data with errors 294; without data 400 for a document that does not parse, and 422 for other faults of the
 * request that would be 400 as `application/json`. Clients read such an answer whatever its status. Section "Status Codes".
 */
export function toSpecifiedStatus({ status, trace }: Pick<HttpAnswer, 'status' | 'trace'>): number {
  const { hasData, errorCodes } = trace;
  if (hasData) return errorCodes.length === 0 ? 200 : PARTIAL_SUCCESS;
  const specified = errorCodes.map((code) => STATUS_OF_CODE[code]).find((known) => known !== undefined);
  return specified ?? (status <= 400 ? UNPROCESSABLE : status);
}
