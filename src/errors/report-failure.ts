import { ContractViolation } from './contract-violation.js';
import type { FailureObserver } from './format-error.js';
import { UpstreamFailure } from './upstream-failure.js';

/** Reports what went wrong to the observer if no client waits for an answer. */
export function reportFailure(error: unknown, observer: FailureObserver): void {
  if (error instanceof ContractViolation) observer.contractViolated(error);
  else if (error instanceof UpstreamFailure) observer.upstreamFailed(error);
  else observer.internal(error);
}
