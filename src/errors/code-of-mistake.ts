import { isValueNode, Kind, type GraphQLError } from 'graphql';
import type { ErrorCode } from './error-codes.js';

/** How graphql-js words the end of a list of variable errors; it has neither a code nor a place. */
const TOO_MANY_VARIABLE_ERRORS = /^Too many errors processing variables/;

/**
 * The code of an error that graphql-js or Apollo Server has thrown without one because of the request: null for `first`,
 * if it must not be null → `BAD_USER_INPUT`. Undefined if the request is not to blame.
 */
export function codeOfMistake({ nodes = [], message, extensions }: GraphQLError): ErrorCode | undefined {
  // Variables fail at their definition; arguments and conditions at their value. Faults of resolvers have a field's place.
  const isInput =
    nodes.length > 0 && nodes.every((node) => isValueNode(node) || node.kind === Kind.VARIABLE_DEFINITION);
  if (isInput || (nodes.length === 0 && TOO_MANY_VARIABLE_ERRORS.test(message))) return 'BAD_USER_INPUT';
  const { status } = (extensions['http'] ?? {}) as { status?: unknown };
  return status === 400 ? 'BAD_REQUEST' : undefined;
}
