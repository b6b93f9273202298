import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationRule } from '../operation-rule.js';
import type { TrustedDocuments } from '../trusted-documents/create-trusted-documents.js';

/** Rejects documents that are not in the manifest, or only reports them, as configured. */
export const trustedDocuments = ({ mode, idOf, onUntrusted }: TrustedDocuments): OperationRule => ({
  name: 'trusted documents',
  ...(mode !== 'off' && {
    checkSource({ source, hash }) {
      if (idOf(source) !== undefined) return;
      if (mode === 'log') onUntrusted(hash);
      else
        throw new GatewayError('FORBIDDEN', 'Only documents in the trusted manifest can be executed.', {
          httpStatus: 403,
        });
    },
  }),
});
