import { selectValues } from '../../subscriptions/select-values.js';
import type { Turns } from './turns.js';

/**
 * As `selectValues`, in turns with other sources of `key`: a turn lasts from the arrival of a value until the consumer asks for
 * the next one, when it has written what was made of this one.
 */
export function selectInTurn<T, U>(
  source: AsyncIterator<T, unknown>,
  select: (value: T) => Promise<U>,
  turns: Turns,
  key: unknown,
): AsyncIterableIterator<U, undefined> {
  let hasEnded = false;
  let endTurn: (() => void) | undefined;
  const leave = (): void => {
    endTurn?.();
    endTurn = undefined;
  };

  const results = selectValues(source, async (value): Promise<U | undefined> => {
    endTurn = await turns.take(key);
    if (!hasEnded) return select(value);
    leave();
    return undefined;
  });

  return {
    next() {
      leave();
      return results.next().catch((error: unknown) => {
        leave();
        throw error;
      });
    },
    async return() {
      hasEnded = true;
      leave();
      await results.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
