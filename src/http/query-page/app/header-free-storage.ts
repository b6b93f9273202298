import type { GraphiQLProps } from 'graphiql';

const NAMESPACE = 'graphiql:';
const HISTORY_KEYS = new Set([`${NAMESPACE}queries`, `${NAMESPACE}favorites`]);

/**
 * GraphiQL's storage, kept in `store`, save that request headers are left out of the query history: people paste
 * service tokens there, and the history plugin would write them to disk even with header persistence switched off.
 */
export function createHeaderFreeStorage(store: Storage): NonNullable<GraphiQLProps['storage']> {
  const ownKeys = () => Object.keys(store).filter((key) => key.startsWith(NAMESPACE));
  return {
    getItem: (key) => store.getItem(key),
    setItem: (key, value) => store.setItem(key, HISTORY_KEYS.has(key) ? withoutHeaders(value) : value),
    removeItem: (key) => store.removeItem(key),
    clear: () => ownKeys().forEach((key) => store.removeItem(key)),
    get length() {
      return ownKeys().length;
    },
  };
}

function withoutHeaders(historyJson: string): string {
  return JSON.stringify(JSON.parse(historyJson), (key, value: unknown) => (key === 'headers' ? undefined : value));
}
