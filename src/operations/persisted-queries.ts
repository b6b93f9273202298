import type { ApolloServerPlugin } from '@apollo/server';
import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { OperationContext } from './operation-context.js';

/** Automatic persisted queries of clients whose credential the upstream has accepted. */
export interface PersistedQueries {
  /** For Apollo Server, which looks documents up in it. */
  cache: KeyValueCache;
  /** Keeps the documents that clients register. */
  plugin: ApolloServerPlugin<OperationContext>;
}

/** As Apollo Server has it before each hash. */
const PREFIX = 'apq:';

/**
 * Keeps in `store` the documents of proven callers only, so that others cannot push those out. It decides once an operation
 * is over: a caller's first operation can be what proves its credential.
 */
export function createPersistedQueries(store: KeyValueCache): PersistedQueries {
  return {
    cache: {
      get: (key) => store.get(key),
      set: () => Promise.resolve(),
      delete: (key) => store.delete(key),
    },
    plugin: {
      async requestDidStart() {
        let hasPassed = false;
        return {
          async responseForOperation() {
            hasPassed = true;
            return null;
          },
          async willSendResponse({ queryHash, source, metrics, contextValue: { credential } }) {
            if (!hasPassed || !credential.hasSucceeded || !metrics.persistedQueryRegister) return;
            // The answer does not wait for it; a client whose document is not kept sends it again.
            void store.set(`${PREFIX}${queryHash}`, source);
          },
        };
      },
    },
  };
}
