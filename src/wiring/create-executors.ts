import type { ApolloServer } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Config } from '../config.js';
import type { createErrorFormatter } from '../errors/format-error.js';
import { type SubscriptionAdmission, createSubscriptionAdmission } from '../operations/apollo/admit-subscription.js';
import { createApollo } from '../operations/apollo/create-apollo.js';
import type { CompileAfter } from '../operations/compiled/compiled-operations.js';
import { type CompiledExecutor, createCompiledExecutor } from '../operations/compiled/create-compiled-executor.js';
import type { OperationContext } from '../operations/operation-context.js';
import { toRuleSet } from '../operations/operation-rule.js';
import { type RuleOptions, createRules } from '../operations/rules.js';
import { isAnswer } from '../records/answer.js';
import { createTokenReader } from '../records/raw-reader.js';
import type { SharedState } from './shared-state.js';

interface ExecutorsOptions extends Pick<RuleOptions, 'documents' | 'deprecations'> {
  config: Config;
  schema: GraphQLSchema;
  state: SharedState;
  formatError: ReturnType<typeof createErrorFormatter>;
  /** What clients get to see of an error. */
  format: (error: unknown) => GraphQLFormattedError;
  compileAfter: CompileAfter;
}

/** What executes operations by one list of rules. */
export interface Executors {
  apollo: ApolloServer<OperationContext>;
  /** Undefined if nothing is compiled. */
  compiled: CompiledExecutor | undefined;
  admission: SubscriptionAdmission;
}

/** Wires both executors, and starts Apollo Server. */
export async function createExecutors(options: ExecutorsOptions): Promise<Executors> {
  const { config, schema, state, documents, deprecations, formatError, format, compileAfter } = options;
  const graphql = { schema, formatError, limits: config.limits, documents };
  const { introspection } = config.server;
  const rules = toRuleSet(
    createRules({
      ...graphql,
      upstreamRequests: config.maxUpstreamRequests,
      entityRequests: config.maxEntityUpstreamRequests,
      bulkRequests: config.maxBulkUpstreamRequests,
      introspection,
      tagsResponses: config.router !== undefined,
      deprecations,
    }),
  );
  const records = { isRecord: isAnswer, createTokenReader };
  const compiled = config.fastLane
    ? createCompiledExecutor({ schema, rules, format, documents, records, compileAfter })
    : undefined;
  const admission = createSubscriptionAdmission(format);
  const apollo = createApollo({
    ...graphql,
    rules,
    introspection,
    persistedQueries: state.persistedQueries,
    subscriptions: admission.plugin,
    compiled: compiled?.plugin,
  });
  await apollo.start();
  return { apollo, compiled, admission };
}
