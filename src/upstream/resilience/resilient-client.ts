import { isServerFault } from '../../errors/failure-meaning.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { HttpClient, UpstreamAnswer, UpstreamRequest } from '../http-client.js';
import { createCircuit, type Verdict } from './circuit.js';
import {
  createConcurrencyLimiter,
  type ConcurrencyLimiter,
  type Priority,
  type Waiting,
} from './concurrency-limiter.js';
import { remainingMs, type Lifetime } from './lifetime.js';
import type { Pace } from './pace.js';
import { createRetryBudget } from './retry-budget.js';
import { retryDelayMs } from './retry-delay.js';
import { endOf, pause, withinLifetime } from './wait.js';

/** What a call may cost, and whose it is. */
export interface Call {
  lifetime: Lifetime;
  priority: Priority;
  /** The caller's own: what it was told to wait does not hold others up. */
  pace: Pace;
}

/** The way to one upstream that all operations share. */
export interface ResilientClient {
  /**
   * Sends a read, again where that may help, or a write, once at most.
   * @throws UpstreamFailure on anything but a 2xx answer with JSON or without a body
   */
  send(request: UpstreamRequest, call: Call): Promise<UpstreamAnswer>;
  readonly circuitIsOpen: boolean;
  readonly limiter: Pick<ConcurrencyLimiter, 'isFull' | 'limit' | 'underWay' | 'waiting'>;
}

export interface ResilientClientOptions {
  http: HttpClient;
  /** For one attempt, from sending to the last byte. */
  attemptTimeoutMs: number;
  maxConcurrency: number;
  maxQueue: number;
  /** Told when the circuit opens and closes. */
  onCircuit: (state: 'open' | 'closed') => void;
  now: () => number;
  random: () => number;
}

/** Asks whether the upstream is there, for a write that must not be the one to find out. */
const PROBE: UpstreamRequest = {
  operationId: 'requestSoftwareVersion',
  method: 'GET',
  path: '/v4/public/software/version',
};

/** Successes that take this part of an attempt's time are as bad a sign as failures. */
const SLOW_SHARE = 0.75;

export function createResilientClient(options: ResilientClientOptions): ResilientClient {
  const { http, attemptTimeoutMs, now, random } = options;
  const limiter = createConcurrencyLimiter(options);
  const circuit = createCircuit({ now, onChange: options.onCircuit });
  const budget = createRetryBudget(now);

  async function waitFor(place: Waiting, { operationId }: UpstreamRequest, { lifetime }: Call): Promise<void> {
    try {
      await withinLifetime(place.turn, lifetime, operationId);
    } catch (error) {
      place.giveUp();
      throw error;
    }
  }

  /** Waits out one hold at most: who is held again has to say so to the client. */
  async function waitForPace({ operationId }: UpstreamRequest, { pace, lifetime }: Call): Promise<void> {
    if (pace.holdMs < remainingMs(lifetime)) await pause(pace.holdMs, lifetime, operationId);
    else throw paced(operationId, pace);
  }

  function verdictOn(failure: unknown, startedAt: number): Verdict {
    const isSlow = now() - startedAt >= attemptTimeoutMs * SLOW_SHARE;
    if (failure === undefined) return isSlow ? 'unwell' : 'well';
    if (!(failure instanceof UpstreamFailure) || failure.kind === 'aborted') return 'unknown';
    // An operation that was late already left it little time.
    if (failure.kind === 'timeout' && !isSlow) return 'unknown';
    return isServerFault(failure) ? 'unwell' : 'well';
  }

  async function exchange(request: UpstreamRequest, { lifetime, pace }: Call): Promise<UpstreamAnswer> {
    const { operationId } = request;
    if (pace.holdMs > 0) throw paced(operationId, pace);
    const timeoutMs = Math.min(attemptTimeoutMs, remainingMs(lifetime));
    if (lifetime.isCancelled || timeoutMs <= 0) throw endOf(lifetime, operationId);
    const report = circuit.admit();
    if (!report) throw new UpstreamFailure({ operationId, kind: 'circuit-open', retryAfterSeconds: 1 });

    const startedAt = now();
    let failure: unknown;
    try {
      return await http.send(request, { timeoutMs, lifetime });
    } catch (error) {
      failure = error;
      if (error instanceof UpstreamFailure && error.status === 429) {
        limiter.slowDown();
        if (error.retryAfterSeconds !== undefined) pace.holdFor(error.retryAfterSeconds);
      }
      throw error;
    } finally {
      report(verdictOn(failure, startedAt));
    }
  }

  async function attempt(request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
    if (call.pace.holdMs > 0) await waitForPace(request, call);
    const place = limiter.enter(call.priority);
    if (place === 'refused') {
      throw new UpstreamFailure({ operationId: request.operationId, kind: 'overloaded', retryAfterSeconds: 1 });
    }
    if (place !== 'taken') await waitFor(place, request, call);
    try {
      return await exchange(request, call);
    } finally {
      limiter.leave();
    }
  }

  async function read(request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
    const { lifetime } = call;
    budget.read();
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(request, call);
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error;
        const delayMs = retryDelayMs(error, attempts, remainingMs(lifetime), random);
        if (delayMs === undefined || !budget.take()) throw error;
        await pause(delayMs, lifetime, request.operationId);
      }
    }
  }

  async function write(request: UpstreamRequest, call: Call): Promise<UpstreamAnswer> {
    if (circuit.isOpen) await attempt(PROBE, call);
    return attempt(request, call);
  }

  return {
    send: (request, call) => (request.method === 'GET' ? read(request, call) : write(request, call)),
    get circuitIsOpen() {
      return circuit.isOpen;
    },
    limiter,
  };
}

function paced(operationId: string, pace: Pace): UpstreamFailure {
  const retryAfterSeconds = Math.max(1, Math.ceil(pace.holdMs / 1_000));
  return new UpstreamFailure({ operationId, kind: 'paced', retryAfterSeconds });
}
