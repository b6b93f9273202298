import type { OperationLimits } from '../../config/operation-limits.js';
import { GatewayError } from '../../errors/gateway-error.js';

const WHAT: Readonly<Record<keyof OperationLimits, string>> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
  repeatedFields: 'fields that repeat a name within one selection set',
  tokens: 'tokens',
  selections: 'selections with its fragments expanded',
  operations: 'operations in one document',
  queryBytes: 'bytes of query text',
  jsonDepth: 'levels of JSON',
  listItems: 'items in one list of its variables',
};

/** The refusal of a request past one of the limits: OPERATION_LIMIT_EXCEEDED, 400, with the limit's name and maximum. */
export function overLimit(limit: keyof OperationLimits, maximum: number): GatewayError {
  return new GatewayError('OPERATION_LIMIT_EXCEEDED', `This request has more than ${maximum} ${WHAT[limit]}.`, {
    extensions: { limit, maximum },
    httpStatus: 400,
  });
}

/** Compares what was measured with the limits of the same names. @throws GatewayError for the first one exceeded */
export function refuseOverLimit(measured: Partial<OperationLimits>, limits: OperationLimits): void {
  for (const limit of Object.keys(WHAT) as (keyof OperationLimits)[]) {
    if ((measured[limit] ?? 0) > limits[limit]) throw overLimit(limit, limits[limit]);
  }
}
