import { GatewayError } from '../../errors/gateway-error.js';

/** Names what there is too much of; undefined where there is not. Asked for every request, so it has to be cheap. */
export type OverloadReason = () => string | undefined;

export interface LoadShedder {
  /** Why no further request should be taken now; undefined where it can be. */
  isOverloaded(): string | undefined;
  /** @throws GatewayError OVERLOADED (503) with `retryAfterSeconds`, where no further request should be taken */
  refuseIfOverloaded(): void;
  /** Counts an operation as one of the `maxConcurrent`, until `end`. @throws GatewayError OVERLOADED, counting nothing */
  begin(): void;
  /** To be called once for each operation that `begin` has counted. */
  end(): void;
}

const RETRY_AFTER_SECONDS = 1;

function overloaded(reason: string): GatewayError {
  return new GatewayError('OVERLOADED', 'The gateway has too much to do. Try again in a second.', {
    extensions: { reason, retryAfterSeconds: RETRY_AFTER_SECONDS },
    httpStatus: 503,
  });
}

/**
 * Refuses requests at once where taking them would make all of them late. Operations are counted once their request has
 * arrived: clients that send slowly can't take the places of others.
 */
export function createLoadShedder(options: {
  maxConcurrent: number;
  reasons: readonly OverloadReason[];
  /** Told of each refusal. */
  onRefused: (reason: string) => void;
}): LoadShedder {
  let running = 0;

  function refuse(reason: string | undefined): void {
    if (reason === undefined) return;
    options.onRefused(reason);
    throw overloaded(reason);
  }

  const concurrency: OverloadReason = () => (running >= options.maxConcurrent ? 'concurrency' : undefined);
  const reasons = [concurrency, ...options.reasons];

  function isOverloaded(): string | undefined {
    for (const reasonOf of reasons) {
      const reason = reasonOf();
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  return {
    isOverloaded,
    refuseIfOverloaded() {
      refuse(isOverloaded());
    },
    begin() {
      refuse(concurrency());
      running += 1;
    },
    end() {
      running -= 1;
    },
  };
}
