import { LRUCache } from 'lru-cache';
import { GatewayError } from '../errors/gateway-error.js';

/** The upstream requests that one operation may make. */
export interface OperationBudget {
  readonly limit: number;
  readonly remaining: number;
  /** Widens the budget, before anything is spent, for a kind of operation that may cost more. */
  widenTo(limit: number): void;
  /** Takes `requests` from the budget, and from that of its caller's writes if they are some. @throws what `exceeded` returns, taking nothing, if it lacks them */
  spend(requests: number, isWrite?: boolean): void;
  /** The error of an operation that needs `requests` and has fewer: OPERATION_LIMIT_EXCEEDED, or what its caller's budget says. */
  exceeded(requests: number): GatewayError;
}

/** Budgets that the operations of one caller have together; those left out do not bound them. */
export interface CallerBudgets {
  requests?: CallerBudget;
  /** Of the requests that write. */
  writes?: CallerBudget;
}

/** `callers` are spent too. */
export function createOperationBudget(limit: number, callers: CallerBudgets = {}): OperationBudget {
  return new Budget(limit, callers);
}

class Budget implements OperationBudget {
  private spent = 0;

  constructor(
    public limit: number,
    private readonly callers: CallerBudgets,
  ) {}

  get remaining(): number {
    return Math.min(this.limit - this.spent, this.callers.requests?.remaining ?? Infinity);
  }

  widenTo(wider: number): void {
    this.limit = Math.max(this.limit, wider);
  }

  spend(requests: number, isWrite = false): void {
    if (requests > this.remaining) throw this.exceeded(requests);
    if (isWrite) this.callers.writes?.spend(requests);
    this.callers.requests?.spend(requests);
    this.spent += requests;
  }

  exceeded(requests: number): GatewayError {
    const { limit, callers } = this;
    const ofCaller = callers.requests;
    if (ofCaller && ofCaller.remaining < Math.min(requests, limit - this.spent)) return ofCaller.exceeded(requests);
    return new GatewayError(
      'OPERATION_LIMIT_EXCEEDED',
      `This operation needs more than the ${limit} upstream requests that one operation may cost. Request fewer items at once.`,
      { extensions: { limit: 'upstreamRequests', maximum: limit } },
    );
  }
}

/** Upstream requests that one caller may make by many operations. */
export interface CallerBudget {
  readonly remaining: number;
  /** @throws what `exceeded` returns, taking nothing, if it lacks them */
  spend(requests: number): void;
  /** The error of one who needs `requests` and has fewer: RATE_LIMITED, with the seconds until there are as many. */
  exceeded(requests: number): GatewayError;
}

/** What budgets of callers are for. */
export interface CallerBudgetKind {
  /** `extensions.limit` of the error. */
  limit: string;
  /** Requests at once, and a minute on average. */
  perMinute: number;
  /** Of the error, for example `Events may cost 3000 upstream requests a minute.` */
  message: string;
}

const MINUTE_MS = 60_000;
/** Instants lose fractions, which many requests add up. */
const ROUNDING = 0.001;
/** Callers that are remembered, those who spent last. */
const MAX_CALLERS = 10_000;

/** Budgets of one kind by the key of a caller. `now` is in milliseconds. */
export function createCallerBudgets(
  { limit, perMinute, message }: CallerBudgetKind,
  now: () => number,
): (key: string) => CallerBudget {
  const costMs = MINUTE_MS / perMinute;
  /** When all that was spent is paid off. */
  const paidOffAt = new LRUCache<string, number>({ max: MAX_CALLERS });

  return (key) => {
    const owedMs = (): number => Math.max(0, (paidOffAt.get(key) ?? 0) - now());
    const remaining = (): number => Math.max(0, Math.floor((MINUTE_MS - owedMs()) / costMs + ROUNDING));
    const exceeded = (requests: number): GatewayError =>
      new GatewayError('RATE_LIMITED', message, {
        extensions: {
          limit,
          maximum: perMinute,
          retryAfterSeconds: Math.max(1, Math.ceil((owedMs() + requests * costMs - MINUTE_MS) / 1_000)),
        },
      });
    return {
      get remaining() {
        return remaining();
      },
      spend(requests) {
        if (requests > remaining()) throw exceeded(requests);
        paidOffAt.set(key, now() + owedMs() + requests * costMs);
      },
      exceeded,
    };
  };
}
