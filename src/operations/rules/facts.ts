import { toErrorCodes } from '../error-codes-in.js';
import type { OperationRule } from '../operation-rule.js';
import type { TrustedDocuments } from '../trusted-documents/create-trusted-documents.js';

const MAX_NAME_LENGTH = 100;

/** Puts what log, metrics and traces report of an operation into its trace, as far as it was read. */
export const facts = ({ mode, idOf }: Pick<TrustedDocuments, 'mode' | 'idOf'>): OperationRule => ({
  name: 'facts',
  describe({ source, operation, context: { trace }, errors, wasExecuted }) {
    const { definition } = operation ?? {};
    const documentId = mode === 'off' ? undefined : source && idOf(source.source);
    trace.operation = {
      name: definition?.name?.value.slice(0, MAX_NAME_LENGTH),
      type: definition?.operation,
      hash: source?.hash,
      isTrusted: documentId !== undefined,
      documentId,
    };
    trace.hasData = wasExecuted;
    if (errors.length > 0) trace.errorCodes = toErrorCodes(errors);
  },
});
