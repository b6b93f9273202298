import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { remainingMs, type Lifetime } from './lifetime.js';

/** What a call of `operationId` fails with whose lifetime has ended before it was sent or answered. */
export function endOf(lifetime: Lifetime, operationId: string): UpstreamFailure {
  return new UpstreamFailure({ operationId, kind: lifetime.isCancelled ? 'aborted' : 'timeout' });
}

/**
 * The outcome of `answer`, or the failure of `endOf` as soon as the lifetime ends; `answer` is left to itself then.
 * `onEnd` is told which way ever it went, at once.
 */
export function withinLifetime<T>(
  answer: Promise<T>,
  lifetime: Lifetime,
  operationId: string,
  onEnd: () => void = () => undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isOver = false;
    const stop = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      stopListening();
      onEnd();
    };
    const end = (): void => {
      stop();
      reject(endOf(lifetime, operationId));
    };
    const timer = setTimeout(end, Math.max(0, remainingMs(lifetime)));
    const stopListening = lifetime.onCancel(end);
    answer.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error: unknown) => {
        stop();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
        reject(error);
      },
    );
    if (lifetime.isCancelled) end();
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
