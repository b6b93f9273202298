import { Kind } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationRequest, OperationRule, ParsedOperation } from '../operation-rule.js';

function rejectAnonymous({ context: { caller } }: OperationRequest): void {
  if (caller.serviceToken !== undefined) return;
  const { signIn, challenge } = caller;
  throw new GatewayError('UNAUTHENTICATED', signIn, { httpStatus: 401, challenge });
}

/** Introspection, and federation's own way to read the schema. */
const readsSchema = (name: string): boolean => name.startsWith('__') || name === '_service';

/**
 * Lets anonymous callers read the schema and nothing else, so that tools can do so before anyone logs in. If the schema
 * is not open, they can select only `__typename`.
 */
export function requireCaller(schemaIsOpen: boolean): OperationRule {
  const mayRead = schemaIsOpen ? readsSchema : (name: string) => name === '__typename';
  const isOpen = ({ definition }: ParsedOperation): boolean =>
    definition.selectionSet.selections.every((node) => node.kind === Kind.FIELD && mayRead(node.name.value));
  return {
    name: 'require caller',
    checkOperation: (operation) => (isOpen(operation) ? undefined : rejectAnonymous),
  };
}
