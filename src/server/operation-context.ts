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
}
