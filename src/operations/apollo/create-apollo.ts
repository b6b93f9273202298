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
import type { OperationLimits } from '../../config/operation-limits.js';
import { MAX_ERRORS, MAX_VARIABLE_ERRORS } from '../../errors/bound-errors.js';
import { createDocuments } from '../validation/create-documents.js';
import { createValidity } from '../validation/create-validity.js';
import { createNameDocument } from './name-document.js';
import { leaveOutErrors } from './leave-out-errors.js';
import type { OperationContext } from '../operation-context.js';
import type { RuleSet } from '../operation-rule.js';
import { createRunRules } from './run-rules.js';
import type { TrustedDocuments } from '../trusted-documents/create-trusted-documents.js';
import { createPersistedQueries } from '../persisted-queries.js';

export interface ApolloOptions {
  schema: GraphQLSchema;
  /** What clients get to see of an error. */
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  rules: RuleSet;
  limits: OperationLimits;
  /** Whether clients may read the schema, anonymous ones too. */
  introspection: boolean;
  /** Documents of automatic persisted queries: a client whose document was dropped sends it again. */
  persistedQueries: KeyValueCache;
  /** Takes subscriptions out before they would be executed. */
  subscriptions: ApolloServerPlugin<OperationContext>;
  /** Text of a trusted document by its id or hash. */
  documents: Pick<TrustedDocuments, 'textOf' | 'mode'>;
  /** Takes operations over to the compiled executor; undefined without it. */
  compiled: ApolloServerPlugin<OperationContext> | undefined;
}

/** The GraphQL engine: parsing, validation, execution and error formatting, without any HTTP of its own. */
export function createApollo(options: ApolloOptions): ApolloServer<OperationContext> {
  const { schema, formatError, rules, limits, introspection, persistedQueries, documents } = options;
  const { subscriptions, compiled } = options;
  const validationRules = introspection ? [] : [NoSchemaIntrospectionCustomRule];
  const isValid = createValidity(schema, [...specifiedRules, ...validationRules]);
  const valid = createDocuments({ rules, limits, isValid });
  const persisted = createPersistedQueries(persistedQueries);
  return new ApolloServer<OperationContext>({
    schema,
    formatError,
    includeStacktraceInErrorResponses: false,
    // Apollo's own refusal names Apollo's options; graphql-js has a rule that does not.
    introspection: true,
    validationRules,
    // graphql-js adds one that says there are more.
    validationOptions: { maxErrors: MAX_ERRORS - 1 },
    executionOptions: { maxCoercionErrors: MAX_VARIABLE_ERRORS },
    parseOptions: { maxLexicalTokens: limits.tokens },
    persistedQueries: { cache: persisted.cache },
    documentStore: valid.store,
    // Has been checked before, for streams too.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // A trace shows every caller how long each upstream call took; without this, any request can ask for one.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      leaveOutErrors,
      createNameDocument(documents),
      createRunRules(rules, limits),
      valid.plugin,
      persisted.plugin,
      subscriptions,
      ...(compiled ? [compiled] : []),
    ],
  });
}
