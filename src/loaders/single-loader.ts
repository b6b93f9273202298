/** One thing without a key, read at most once in an operation. A failed read is not remembered. */
export interface SingleLoader<V> {
  load(): Promise<V>;
}

export function createSingleLoader<V>(read: () => Promise<V>): SingleLoader<V> {
  let pending: Promise<V> | undefined;
  return {
    load() {
      pending ??= read().catch((error: unknown) => {
        pending = undefined;
        throw error;
      });
      return pending;
    },
  };
}
