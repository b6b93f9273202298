import type { Caller } from '../auth/caller.js';
import type { OperationBudget } from '../loaders/operation-budget.js';
import type { RequestContext } from '../schema/shared/request-context.js';
import type { OperationTrace } from '../telemetry/operation-trace.js';

/** Everything that belongs to one operation. */
export interface OperationContext extends RequestContext {
  caller: Caller;
  trace: OperationTrace;
  budget: OperationBudget;
  /** Whether the caller asked to see what the operation does upstream, and may. */
  explains: boolean;
  /**
   * Runs a query, or joins an equal one of the same credential that is under way: `key` tells equal ones. It runs with a
   * context of its own, for as long as anybody waits. @throws UpstreamFailure `aborted` where this client has gone
   */
  share<T>(key: string, run: (context: OperationContext) => Promise<T>): Promise<T>;
}
