import type { OperationDefinitionNode } from 'graphql';
import type { OperationFacts } from '../telemetry/operation-facts.js';

const MAX_NAME_LENGTH = 100;

/** What is told of an operation, as far as it was read. `hash` is that of its document. */
export function toOperationFacts(
  operation: OperationDefinitionNode | null | undefined,
  hash: string | undefined,
  isTrusted: boolean,
): OperationFacts {
  return { name: operation?.name?.value.slice(0, MAX_NAME_LENGTH), type: operation?.operation, hash, isTrusted };
}
