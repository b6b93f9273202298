import { NO_HOOKS, type GatewayHooks } from './gateway-hooks.js';
import type { OperationFacts } from './operation-facts.js';
import type { Span } from './tracing/span.js';
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

/** What one operation was and did, for `extensions.upstream` and for the operator. Holds no path, host, token or value. */
export class OperationTrace {
  readonly calls: TracedCall[] = [];
  readonly plans: TracedPlan[] = [];
  cacheHits = 0;
  /** Undefined until it is known. */
  operation: OperationFacts | undefined;
  /** Whether the fast lane has answered it. */
  isCompiled = false;
  /** Codes of the errors in its answer, each once. */
  errorCodes: readonly string[] = [];
  /** Whether it got the answer of an equal operation that was under way. */
  hasJoined = false;

  constructor(
    private readonly hooks: Pick<GatewayHooks, 'planned' | 'cacheRead'> = NO_HOOKS,
    private readonly span?: Span,
  ) {}

  /** What this returns is to be called once the plan has been followed. */
  planned(plan: TracedPlan): () => void {
    const { strategy, keys, calls, reason } = plan;
    this.plans.push(plan);
    this.hooks.planned(strategy);
    const span = this.span?.child(`plan ${strategy}`, 'internal', {
      'gateway.plan.keys': keys,
      'gateway.plan.calls': calls,
      'gateway.plan.reason': reason,
    });
    return () => span?.end();
  }

  cacheRead(entity: string, result: 'hit' | 'stale' | 'miss'): void {
    if (result !== 'miss') this.cacheHits += 1;
    this.hooks.cacheRead(entity, result);
  }

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
    let requests = 0;
    for (const { joined } of this.calls) if (!joined) requests += 1;
    return requests;
  }
}
