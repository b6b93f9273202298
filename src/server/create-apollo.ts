import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import {
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { OperationLimits } from '../config/operation-limits.js';
import { createDocuments } from './documents/create-documents.js';
import { createValidity } from './documents/create-validity.js';
import { createEnforceLimits } from './limits/enforce-limits.js';
import type { OperationContext } from './operation-context.js';
import { passRefusals } from './pass-refusals.js';
import { createRefuseCostly } from './refuse-costly.js';
import { refuseUnsafeText } from './refuse-unsafe-text.js';
import { createReportOperation } from './report-operation.js';
import { createRequireCaller } from './require-caller.js';

export interface ApolloOptions {
  schema: GraphQLSchema;
  /** What clients get to see of an error. */
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  limits: OperationLimits;
  /** Upstream requests that a router's join may cost. */
  entityRequests: number;
  /** Whether clients may read the schema, anonymous ones too. */
  introspection: boolean;
  /** Documents of automatic persisted queries: a client whose document was dropped sends it again. */
  persistedQueries: KeyValueCache;
  /** Takes subscriptions out before they would be executed. */
  subscriptions: ApolloServerPlugin<OperationContext>;
  /** Whether a document is one that clients were built with. */
  isTrusted: (source: string) => boolean;
  /** Run before the limits. */
  documents: readonly ApolloServerPlugin<OperationContext>[];
  /** Counts uses of what is deprecated. */
  deprecations: ApolloServerPlugin<OperationContext>;
  /** Told of operations that passed every check. */
  admissions: readonly ApolloServerPlugin<OperationContext>[];
}

/** The GraphQL engine: parsing, validation, execution and error formatting, without any HTTP of its own. */
export function createApollo(options: ApolloOptions): ApolloServer<OperationContext> {
  const { schema, formatError, limits, entityRequests, introspection, persistedQueries, documents } = options;
  const { deprecations, subscriptions, admissions, isTrusted } = options;
  const validationRules = introspection ? [] : [NoSchemaIntrospectionCustomRule];
  const isValid = createValidity(schema, [...specifiedRules, ...validationRules]);
  const valid = createDocuments({ limits, isValid });
  return new ApolloServer<OperationContext>({
    schema,
    formatError,
    includeStacktraceInErrorResponses: false,
    // Apollo's own refusal names Apollo's options; graphql-js has a rule that does not.
    introspection: true,
    validationRules,
    parseOptions: { maxLexicalTokens: limits.tokens },
    persistedQueries: { cache: persistedQueries },
    documentStore: valid.store,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // A trace shows every caller how long each upstream call took; without this, any request can ask for one.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      passRefusals,
      ...documents,
      createEnforceLimits(limits),
      valid.plugin,
      createRequireCaller(introspection),
      createRefuseCostly(entityRequests),
      refuseUnsafeText,
      createReportOperation(isTrusted),
      deprecations,
      subscriptions,
      ...admissions,
    ],
  });
}
