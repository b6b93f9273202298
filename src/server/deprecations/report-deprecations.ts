import type { ApolloServerPlugin } from '@apollo/server';
import type { Deprecations } from '../../deprecations/create-deprecations.js';
import type { DeprecatedElement } from '../../deprecations/deprecated-element.js';
import { toDayOrNull } from '../../deprecations/to-report.js';
import type { OperationContext } from '../operation-context.js';
import { EXPLAIN_DEPRECATIONS, explainsDeprecations } from './explains-deprecations.js';

const toExtension = ({ coordinate, reason, sinceMs, sunsetMs }: DeprecatedElement) => ({
  coordinate,
  reason,
  since: toDayOrNull(sinceMs),
  sunset: toDayOrNull(sunsetMs),
});

/** Counts what operations use that Apollo Server has executed, and says so with their answers. */
export const createReportDeprecations = ({
  findUses,
  count,
}: Pick<Deprecations, 'findUses' | 'count'>): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart({ contextValue: { customerChanges } }) {
    // A subscription is counted where it starts: it has not been executed here.
    if (customerChanges) return;
    return {
      async willSendResponse({ request, response: { body, http }, document, operation }) {
        if (!document || !operation || body.kind !== 'single' || body.singleResult.data === undefined) return;
        const uses = findUses(document, operation)?.(request.variables ?? {});
        if (uses) {
          count(uses, Object.fromEntries(request.http?.headers ?? []));
          for (let index = 0; index + 1 < uses.headers.length; index += 2) {
            const [name = '', value = ''] = uses.headers.slice(index, index + 2);
            http.headers.set(name, value);
          }
        }
        if (!explainsDeprecations(request.extensions, request.http?.headers.get(EXPLAIN_DEPRECATIONS))) return;
        const deprecations = (uses?.elements ?? []).map(toExtension);
        body.singleResult.extensions = { ...body.singleResult.extensions, deprecations };
      },
    };
  },
});
