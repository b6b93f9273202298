import { OperationTypeNode } from 'graphql';
import type { OperationRule } from '../operation-rule.js';

/** What a response depends on besides its request line: its form and who asks. A cache must not mix them up. */
const VARIES_BY = 'accept, accept-encoding, authorization, x-sds-service-token';

/** Says how long a response may be kept, and which parts of it are older than they should be. */
export const caching: OperationRule = {
  name: 'caching',
  describe({ operation, errors, context: { freshness } }, response) {
    const isKeepable = operation?.definition.operation === OperationTypeNode.QUERY && errors.length === 0;
    const seconds = isKeepable ? freshness.maxAgeSeconds : 0;
    response.headers.set('vary', VARIES_BY);
    response.headers.set('cache-control', seconds > 0 ? `private, max-age=${seconds}` : 'no-store');
    if (freshness.stale.length > 0) response.extensions['freshness'] = freshness.stale;
  },
};
