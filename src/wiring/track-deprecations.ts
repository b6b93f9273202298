import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import { createDeprecations, type Deprecations } from '../deprecations/create-deprecations.js';
import { DEPRECATION_DATES } from '../schema/policies.js';
import { createDeprecationsRoute } from '../http/deprecations/deprecations-route.js';
import type { Route } from '../http/operation-route.js';
import type { GatewayHooks } from '../telemetry/operation-trace.js';
import type { SharedState } from './shared-state.js';

export interface TrackedDeprecations extends Deprecations {
  /** Undefined if no one may read who uses what. */
  route: Route | undefined;
}

/** Wires the uses of what the schema deprecates to where they are kept and read. */
export function trackDeprecations(
  { deprecations: { token, isOpen }, redis, workers }: Config,
  schema: GraphQLSchema,
  { deprecationUsage: store }: SharedState,
  hooks: Pick<GatewayHooks, 'deprecatedUsed'>,
): TrackedDeprecations {
  const isShared = redis !== undefined;
  const deprecations = createDeprecations({
    schema,
    dates: DEPRECATION_DATES,
    store,
    isShared,
    isWhole: isShared || workers === 1,
    now: () => Date.now(),
  });
  deprecations.onUse(({ coordinate }) => hooks.deprecatedUsed?.(coordinate));
  const { report } = deprecations;
  return {
    ...deprecations,
    route: token !== undefined || isOpen ? createDeprecationsRoute({ report, token }) : undefined,
  };
}
