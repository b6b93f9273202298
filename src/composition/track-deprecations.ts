import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import { createDeprecations, type Deprecations } from '../deprecations/create-deprecations.js';
import { DEPRECATION_DATES } from '../schema/deprecation-dates.js';
import { createDeprecationsRoute } from '../server/deprecations/deprecations-route.js';
import { createReportDeprecations } from '../server/deprecations/report-deprecations.js';
import type { Route } from '../server/graphql-route.js';
import type { OperationContext } from '../server/operation-context.js';
import type { GatewayHooks } from '../telemetry/gateway-hooks.js';
import type { SharedState } from './shared-state.js';

export interface TrackedDeprecations extends Deprecations {
  /** Of what Apollo Server executes. */
  plugin: ApolloServerPlugin<OperationContext>;
  /** Undefined where nobody may read who uses what. */
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
  deprecations.onUse(({ coordinate }) => hooks.deprecatedUsed(coordinate));
  const { report } = deprecations;
  return {
    ...deprecations,
    plugin: createReportDeprecations(deprecations),
    route: token !== undefined || isOpen ? createDeprecationsRoute({ report, token }) : undefined,
  };
}
