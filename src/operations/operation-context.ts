import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../auth/caller.js';
import type { OperationBudget } from '../loaders/operation-budget.js';
import type { RequestContext } from '../schema/shared/request-context.js';
import type { OperationTrace } from '../telemetry/operation-trace.js';

/** Who waits for the answer to an operation, such as a response. */
export interface WaitingClient {
  on(event: 'close', listener: () => void): unknown;
  /** Whether it has got the answer. */
  readonly writableFinished: boolean;
}

/** Everything that belongs to one operation. */
export interface OperationContext extends RequestContext {
  caller: Caller;
  /** Of its request; empty if none stands behind it. */
  readonly headers: IncomingHttpHeaders;
  trace: OperationTrace;
  budget: OperationBudget;
  /** Whether the upstream has accepted the caller's credential; never true of anonymous callers. Nothing is compiled for others. */
  readonly credential: { readonly hasSucceeded: boolean };
  /** Gives the operation, before it starts, the time of bulk mutations. */
  extendTime(): void;
  /** Whether the caller asked to see what the operation does upstream, and may. */
  explains: boolean;
  /**
   * Runs a query, or joins an equal one of the same credential that is under way: `key` tells equal ones. It runs for as long
   * as anybody waits. @throws UpstreamFailure `aborted` where this client has gone
   */
  share<T>(key: string, run: () => Promise<T>): Promise<T>;
}
