import { outcomeOf } from './outcome-of.js';

/** One upstream call that an operation waited for. */
export interface TracedCall {
  operationId: string;
  milliseconds: number;
  /** `ok`, or why it failed. */
  outcome: string;
  /** Whether it was another operation's call that this one joined. */
  joined: boolean;
}

/** How one batch of keys was turned into upstream calls. */
export interface TracedPlan {
  keys: number;
  strategy: string;
  calls: number;
  reason: string;
}

/** What one operation did upstream, for `extensions.upstream`. Holds no path, host, token or value. */
export class OperationTrace {
  readonly calls: TracedCall[] = [];
  readonly plans: TracedPlan[] = [];
  cacheHits = 0;

  called(call: { operationId: string; milliseconds: number; failure: unknown; joined: boolean }): void {
    this.calls.push({
      operationId: call.operationId,
      milliseconds: Math.round(call.milliseconds * 10) / 10,
      outcome: outcomeOf(call.failure),
      joined: call.joined,
    });
  }

  /** Requests that this operation itself caused. */
  get requests(): number {
    return this.calls.filter(({ joined }) => !joined).length;
  }
}
