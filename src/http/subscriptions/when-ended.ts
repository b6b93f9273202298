import type { Results } from './create-subscribe.js';

/** The same results; tells once that there are no more, no matter what ended them. */
export function whenEnded(results: Results, onEnd: () => void): Results {
  let hasEnded = false;
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd();
  };
  return {
    async next() {
      try {
        const result = await results.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      await results.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
