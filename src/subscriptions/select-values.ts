/**
 * The values of a source that `select` makes something of, one after the other; those it makes undefined of are left out.
 * Ends at once where its consumer ends it, and with it the source.
 */
export function selectValues<T, U>(
  source: AsyncIterator<T, unknown>,
  select: (value: T) => Promise<U | undefined>,
): AsyncIterableIterator<U, undefined> {
  let hasEnded = false;
  const end = async (): Promise<IteratorResult<U, undefined>> => {
    hasEnded = true;
    await source.return?.();
    return { done: true, value: undefined };
  };

  return {
    async next() {
      while (!hasEnded) {
        const next = await source.next();
        if (next.done) break;
        const value = await select(next.value);
        // Ended meanwhile, which may be because the consumer may not see any more.
        if (hasEnded as boolean) break;
        if (value !== undefined) return { done: false, value };
      }
      return { done: true, value: undefined };
    },
    return: end,
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
