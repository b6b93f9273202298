import type { ApolloServerPlugin } from '@apollo/server';
import type { OperationLimits } from '../../config/operation-limits.js';
import type { OperationContext } from '../operation-context.js';
import { measureDocument } from './measure-document.js';
import { measureJson } from './measure-json.js';
import { overLimit, refuseOverLimit } from './over-limit.js';

/** How graphql-js words the end of a parse by `maxLexicalTokens`; it has no code for it. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[nt] \d+ tokens/;

/** Refuses requests past a limit, each as early as it shows, and all of them before the rules of validation run. */
export const createEnforceLimits = (limits: OperationLimits): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart({ request: { http, variables, extensions } }) {
    const { depth: jsonDepth } = measureJson(http?.body ?? { variables, extensions });
    refuseOverLimit({ jsonDepth, listItems: measureJson(variables).listItems }, limits);
    return {
      async didResolveSource({ source }) {
        refuseOverLimit({ queryBytes: Buffer.byteLength(source) }, limits);
      },
      async parsingDidStart() {
        // Not async: Apollo Server does not wait for what this hook returns, so a rejection would end the process.
        return (error) => {
          if (error && TOO_MANY_TOKENS.test(error.message)) throw overLimit('tokens', limits.tokens);
          return Promise.resolve();
        };
      },
      async validationDidStart({ document }) {
        refuseOverLimit(measureDocument(document), limits);
      },
    };
  },
});
