import { isSameSecret } from '../../auth/is-same-secret.js';
import type { OperationRule } from '../operation-rule.js';

/** The header that asks for `extensions.upstream`. */
export const EXPLAIN_UPSTREAM = 'x-explain-upstream';

/** Whether a request that asks for `extensions.upstream` may have it: by `1` if that is open, else by the key. */
export function mayExplain(asked: string, { isOpen, key }: { isOpen: boolean; key: string | undefined }): boolean {
  return (isOpen && asked === '1') || (key !== undefined && isSameSecret(asked, key));
}

/** Reports what an operation cost upstream, to callers that asked and may know. */
export const explain: OperationRule = {
  name: 'explain',
  describe({ startedAt, context: { explains, trace, budget } }, response) {
    if (!explains) return;
    response.extensions['upstream'] = {
      requests: trace.requests,
      budget: budget.limit,
      cacheHits: trace.cacheHits,
      compiled: trace.isCompiled,
      milliseconds: Math.round(performance.now() - startedAt),
      plans: trace.plans,
      calls: trace.calls,
    };
  },
};
