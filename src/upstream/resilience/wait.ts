import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { Ending, Lifetime } from './lifetime.js';

/** What a call of `operationId` fails with whose lifetime has ended before it was sent or answered. */
export function endOf(lifetime: Lifetime, operationId: string): UpstreamFailure {
  return new UpstreamFailure({ operationId, kind: lifetime.ending ?? 'timeout' });
}

/** The outcome of `answer`, or the failure of `endOf` as soon as the lifetime ends; `answer` is left to itself then. */
export function withinLifetime<T>(answer: Promise<T>, lifetime: Lifetime, operationId: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const listener = {
      onEnd(kind: Ending) {
        clearTimeout(timer);
        lifetime.unlisten(listener);
        reject(new UpstreamFailure({ operationId, kind }));
      },
    };
    const timer = setTimeout(() => listener.onEnd('timeout'), Math.max(0, lifetime.remainingMs));
    lifetime.listen(listener);
    void answer
      .finally(() => {
        clearTimeout(timer);
        lifetime.unlisten(listener);
      })
      .then(resolve, reject);
  });
}

/** Resolves after `milliseconds`. @throws UpstreamFailure as soon as the lifetime ends */
export async function pause(milliseconds: number, lifetime: Lifetime, operationId: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await withinLifetime(over, lifetime, operationId);
  } finally {
    clearTimeout(timer);
  }
}
