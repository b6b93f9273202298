import type { LoggedRequest } from './request-log.js';
import { createRandom } from './random.js';

/** What happens instead of, or to, the sandbox's own answer. */
export type FaultAction =
  /** Answers this and performs nothing; an object is written as JSON. */
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer | object;
    }
  /** Performs the operation and edits the JSON of its answer; integers beyond 2^53 − 1 are bigint. */
  | { readonly kind: 'transform'; readonly transform: (json: unknown) => unknown }
  /** Performs nothing and resets the connection. */
  | { readonly kind: 'reset' }
  /** Performs the operation, sends the head and half of the body, then resets the connection. */
  | { readonly kind: 'reset-mid-body' }
  /** Performs nothing and never answers. */
  | { readonly kind: 'hang' }
  /** Performs the operation and sends its answer slowly. */
  | { readonly kind: 'drip'; readonly bytesPerSecond: number }
  /** Performs nothing and answers 200 with a JSON text of this many bytes in chunks, none of it kept in memory. */
  | { readonly kind: 'flood'; readonly totalBytes: number }
  /** Performs nothing, writes these bytes to the connection as they are, be they HTTP or not, and ends it. */
  | { readonly kind: 'raw'; readonly bytes: string | Buffer };

export interface FaultRule {
  /** Every given part has to match; `path` is tested without base path and query. Without `match`, all requests match. */
  readonly match?: {
    readonly operationId?: string;
    readonly method?: string;
    readonly path?: RegExp;
    readonly token?: string;
  };
  /** How many requests it strikes before it is spent. Default: no end. */
  readonly times?: number;
  /** How often it strikes a matching request, from 0 to 1, by a fixed sequence. Default: always. */
  readonly probability?: number;
  /** Waits before anything else. Without an action the answer is slow, but right. */
  readonly latencyMs?: number;
  /** Waits for this, too. Each rule that strikes is waited for. */
  readonly until?: Promise<unknown>;
  readonly action?: FaultAction;
}

/** The faults a test plans. Latencies of all rules that strike add up; the first action wins, in the order of `add`. */
export interface FaultScript {
  add(rule: FaultRule): { remove(): void };
  clear(): void;
}

export interface Fault {
  readonly latencyMs: number;
  readonly until: readonly Promise<unknown>[];
  readonly action: FaultAction | undefined;
}

/** What the server asks for each request, once. */
export interface FaultPlan extends FaultScript {
  strike(request: LoggedRequest): Fault;
}

export function createFaultPlan(): FaultPlan {
  const rules = new Map<symbol, { readonly rule: FaultRule; timesLeft: number }>();
  let random = createRandom('faults');

  return {
    add(rule) {
      const key = Symbol('fault');
      rules.set(key, { rule, timesLeft: rule.times ?? Infinity });
      return {
        remove: () => {
          rules.delete(key);
        },
      };
    },
    clear() {
      rules.clear();
      random = createRandom('faults');
    },
    strike(request) {
      let latencyMs = 0;
      const until: Promise<unknown>[] = [];
      let action: FaultAction | undefined;
      for (const entry of rules.values()) {
        const { rule } = entry;
        const isOverruled = action !== undefined && rule.action !== undefined;
        if (entry.timesLeft <= 0 || isOverruled || !matches(rule, request)) continue;
        if (rule.probability !== undefined && !random.chance(rule.probability)) continue;
        entry.timesLeft -= 1;
        latencyMs += rule.latencyMs ?? 0;
        if (rule.until) until.push(rule.until);
        action ??= rule.action;
      }
      return { latencyMs, until, action };
    },
  };
}

function matches({ match = {} }: FaultRule, request: LoggedRequest): boolean {
  return (
    (match.operationId === undefined || match.operationId === request.operationId) &&
    (match.method === undefined || match.method === request.method) &&
    (match.token === undefined || match.token === request.token) &&
    // `search` ignores lastIndex, which a global RegExp would carry from one request to the next.
    (match.path === undefined || request.path.search(match.path) >= 0)
  );
}
