import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { Lifetime } from './lifetime.js';

/** What a call of `operationId` fails with whose lifetime has ended before it was sent or answered. */
export function endOf(lifetime: Lifetime, operationId: string): UpstreamFailure {
  return new UpstreamFailure({ operationId, kind: lifetime.ending ?? 'timeout' });
}

/** Resolves after `milliseconds`, fewer than are left. @throws UpstreamFailure as soon as the lifetime ends */
export function pause(milliseconds: number, lifetime: Lifetime, operationId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = {
      onEnd() {
        clearTimeout(timer);
        reject(endOf(lifetime, operationId));
      },
    };
    const timer = setTimeout(() => {
      lifetime.unlisten(listener);
      resolve();
    }, milliseconds);
    lifetime.listen(listener);
  });
}
