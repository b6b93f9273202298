import { isRetryable } from '../../errors/failure-meaning.js';
import type { UpstreamFailure } from '../../errors/upstream-failure.js';

/** The first try and three more: where one in ten fails, one in ten thousand fails for good. */
const MAX_ATTEMPTS = 4;
const BASE_DELAY_MS = 50;
const MAX_DELAY_MS = 1_000;

/**
 * How long to wait before a read is sent again: what the upstream asked for, and a random time that doubles with each
 * attempt ("full jitter"); undefined where it is not worth it.
 */
export function retryDelayMs(
  failure: UpstreamFailure,
  attempt: number,
  remainingMs: number,
  random: () => number,
): number | undefined {
  if (attempt >= MAX_ATTEMPTS || !isRetryable(failure)) return undefined;
  const jitterMs = random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
  const delayMs = (failure.retryAfterSeconds ?? 0) * 1_000 + jitterMs;
  return delayMs < remainingMs ? delayMs : undefined;
}
