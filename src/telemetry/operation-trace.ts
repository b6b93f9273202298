import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { Span } from './tracing/span.js';

/** Notified of what happens in the gateway, as it happens; those that are left out are not called. None of them may throw. */
export type GatewayHooks = Partial<AllHooks>;

export interface AllHooks {
  /** An attempt of an upstream request has ended; `failure` is undefined if it went well. */
  upstreamSettled(operationId: string, failure: unknown, milliseconds: number): void;
  upstreamRetried(operationId: string): void;
  /** A batch of keys is read in this way. */
  planned(strategy: string): void;
  cacheRead(entity: string, result: 'hit' | 'stale' | 'miss'): void;
  /** A request was refused, as the gateway has too much to do. */
  shed(reason: string): void;
  rateLimited(): void;
  webhookReceived(reception: string): void;
  /** The keys of a token issuer were fetched: `ok`, or a word for why not. */
  keysFetched(outcome: string): void;
  /** A request has used an element that the schema deprecates. */
  deprecatedUsed(coordinate: string): void;
  /** A subscription began; what this returns is to be called once when it is over. */
  subscriptionBegan(): () => void;
}

/** What an operation is, as far as it could be read. */
interface OperationFacts {
  /** Cut to 100 characters; undefined for an anonymous one. */
  name: string | undefined;
  type: 'query' | 'mutation' | 'subscription' | undefined;
  /** SHA-256 of the document's text, in hexadecimal digits. */
  hash: string | undefined;
  /** Whether the document is one that clients were built with. */
  isTrusted: boolean;
  /** Its id in the manifest then. */
  documentId: string | undefined;
}

/** A word or a status for how an upstream call ended, with nothing of its content. */
export function outcomeOf(failure: unknown): string {
  if (failure === undefined) return 'ok';
  if (!(failure instanceof UpstreamFailure)) return 'broken contract';
  return failure.kind === 'status' ? String(failure.status) : failure.kind;
}

/** One upstream call that an operation waited for. */
interface TracedCall {
  operationId: string;
  milliseconds: number;
  /** Requests that were sent for it. */
  attempts: number;
  /** `ok`, or why it failed. */
  outcome: string;
  /** Whether it was another operation's call that this one joined. */
  joined: boolean;
}

/** How one batch of keys was turned into upstream calls. */
interface TracedPlan {
  keys: number;
  strategy: string;
  calls: number;
  reason: string;
}

/** What one operation was and did, for `extensions.upstream` and for the operator. Holds no path, host, token or value. */
export class OperationTrace {
  readonly calls: TracedCall[] = [];
  readonly plans: TracedPlan[] = [];
  /** Requests that were sent for this operation itself, repeated ones included. */
  requests = 0;
  cacheHits = 0;
  /** Undefined until it is known. */
  operation: OperationFacts | undefined;
  /** Whether the compiled path has answered it. */
  isCompiled = false;
  /** Whether its answer has data, be it null. */
  hasData = false;
  /** Codes of the errors in its answer, each once. */
  errorCodes: readonly string[] = [];
  /** Whether it got the answer of an equal operation that was under way. */
  hasJoined = false;

  constructor(
    private readonly hooks: Pick<GatewayHooks, 'planned' | 'cacheRead'> = {},
    private readonly span?: Span,
  ) {}

  /** Returns the plan's span, to be ended once the plan has been followed; undefined if the operation is not traced. */
  planned(plan: TracedPlan): Pick<Span, 'end'> | undefined {
    const { strategy, keys, calls, reason } = plan;
    this.plans.push(plan);
    this.hooks.planned?.(strategy);
    return this.span?.child(`plan ${strategy}`, 'internal', {
      'gateway.plan.keys': keys,
      'gateway.plan.calls': calls,
      'gateway.plan.reason': reason,
    });
  }

  cacheRead(entity: string, result: 'hit' | 'stale' | 'miss'): void {
    if (result !== 'miss') this.cacheHits += 1;
    this.hooks.cacheRead?.(entity, result);
  }

  called(call: {
    operationId: string;
    milliseconds: number;
    attempts: number;
    failure: unknown;
    joined: boolean;
  }): void {
    this.requests += call.attempts;
    this.calls.push({
      operationId: call.operationId,
      milliseconds: Math.round(call.milliseconds * 10) / 10,
      attempts: call.attempts,
      outcome: outcomeOf(call.failure),
      joined: call.joined,
    });
  }
}
