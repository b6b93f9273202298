import type { Deprecations } from '../../deprecations/create-deprecations.js';
import type { DeprecatedElement } from '../../deprecations/deprecated-element.js';
import { toDayOrNull } from '../../deprecations/to-report.js';
import type { OperationRequest, OperationRule } from '../operation-rule.js';

/** The header that asks for `extensions.deprecations`, by `1`. */
export const EXPLAIN_DEPRECATIONS = 'x-explain-deprecations';

/** Any caller may ask: it learns no more than the schema says of what the request has named already. */
const explainsDeprecations = ({ extensions, context: { headers } }: OperationRequest): boolean =>
  extensions?.['deprecations'] === true || headers[EXPLAIN_DEPRECATIONS] === '1';

const toExtension = ({ coordinate, reason, sinceMs, sunsetMs }: DeprecatedElement) => ({
  coordinate,
  reason,
  since: toDayOrNull(sinceMs),
  sunset: toDayOrNull(sunsetMs),
});

/** Counts what executed operations use of what is deprecated, and says so with their responses. */
export const deprecations = ({ findUses, count }: Pick<Deprecations, 'findUses' | 'count'>): OperationRule => ({
  name: 'deprecations',
  describe({ request, operation, wasExecuted }, response) {
    const { context, variables } = request;
    // A subscription is counted when it starts: it has not been executed here.
    if (!operation || !wasExecuted || context.customerChanges) return;
    const isExplained = explainsDeprecations(request);
    const uses = findUses(operation.document, operation.definition)?.(variables);
    if (uses) {
      count(uses, context.headers);
      for (const [name, value] of uses.headers) response.headers.set(name, value);
    }
    if (isExplained) response.extensions['deprecations'] = (uses?.elements ?? []).map(toExtension);
  },
});
