import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { OperationLimits } from '../../config/operation-limits.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { countTokens } from '../limits/count-tokens.js';
import { rejectOverLimit } from '../rules/limits.js';
import type { OperationContext } from '../operation-context.js';
import type { ExecutedOperation, OperationRequest, ParsedOperation, RuleSet } from '../operation-rule.js';

/** How graphql-js words the end of a parse by `maxLexicalTokens`; it has no code for it. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

type RequestContext = GraphQLRequestContext<OperationContext>;

const toRequest = ({ request, contextValue }: RequestContext): OperationRequest => ({
  body: request.http?.body,
  variables: request.variables ?? {},
  extensions: request.extensions,
  context: contextValue,
});

/** The operation that a request names; undefined until its document is read, and if there is no such operation. */
function toParsed({
  source,
  queryHash: hash,
  document,
  operation,
}: Partial<RequestContext>): ParsedOperation | undefined {
  if (source === undefined || hash === undefined || !document || !operation) return undefined;
  return { source, hash, document, definition: operation };
}

/** Not async: Apollo Server does not wait for what this hook returns, so a rejection would end the process. */
const rejectTooManyTokens =
  (source: string, limits: OperationLimits) =>
  (error?: Error): Promise<void> => {
    if (error && TOO_MANY_TOKENS.test(error.message)) rejectOverLimit({ tokens: countTokens(source) }, limits);
    return Promise.resolve();
  };

/** Lets the rules add to a response. */
function describeResponse(
  rules: RuleSet,
  responding: GraphQLRequestContextWillSendResponse<OperationContext>,
  began: Pick<ExecutedOperation, 'source' | 'operation' | 'startedAt'>,
): void {
  const { response, contextValue: context } = responding;
  if (response.body.kind !== 'single') return;
  const { singleResult } = response.body;
  const { data, errors = [] } = singleResult;
  const executed: ExecutedOperation = {
    ...began,
    request: toRequest(responding),
    context,
    errors,
    wasExecuted: data !== undefined,
  };
  const description = { headers: response.http.headers, extensions: { ...singleResult.extensions } };
  for (const describe of rules.describe) describe(executed, description);
  if (Object.keys(description.extensions).length > 0) singleResult.extensions = description.extensions;
}

/** Runs the rules of operations as hooks of Apollo Server. */
export const createRunRules = (rules: RuleSet, limits: OperationLimits): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart(requestContext) {
    const startedAt = performance.now();
    const request = toRequest(requestContext);
    for (const check of rules.checkInput) check(request);
    let operation: ParsedOperation | undefined;
    return {
      async didResolveSource({ source, queryHash: hash }) {
        for (const check of rules.checkSource) check({ source, hash });
      },
      async parsingDidStart({ source }) {
        return rejectTooManyTokens(source, limits);
      },
      async validationDidStart({ document }) {
        for (const check of rules.checkDocument) check(document);
      },
      async didResolveOperation(resolved) {
        operation = toParsed(resolved);
        if (!operation) return;
        const checks = rules.checkOperation(operation);
        const checked = toRequest(resolved);
        for (const check of checks) check(checked, operation);
      },
      async willSendResponse(responding) {
        // Here and not of the hook's own type, which takes for granted that there are any.
        const { source, queryHash: hash } = requestContext;
        describeResponse(rules, responding, {
          source: source === undefined || hash === undefined ? undefined : { source, hash },
          // Apollo Server refuses some operations by GET as soon as it has found them.
          operation: operation ?? toParsed(requestContext),
          startedAt,
        });
      },
    };
  },
  /** Apollo Server takes a rejection before validation for a bug, logs it and masks it, unless this hook throws first. */
  async unexpectedErrorProcessingRequest({ error }) {
    if (error instanceof GatewayError) throw error;
  },
});
