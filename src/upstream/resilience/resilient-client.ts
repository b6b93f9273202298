import { isServerFault } from '../../errors/failure-meaning.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { HttpClient, UpstreamRequest } from '../http-client.js';
import { createCircuit, type Verdict } from './circuit.js';
import {
  createConcurrencyLimiter,
  type ConcurrencyLimiter,
  type Priority,
  type Waiting,
} from './concurrency-limiter.js';
import type { Lifetime } from './lifetime.js';
import type { Pace } from './pace.js';
import { createRetryBudget } from './retry-budget.js';
import { retryDelayMs } from './retry-delay.js';
import { endOf, pause } from './wait.js';

/** What a call may cost, and whose it is. */
export interface Call {
  /** Has to end by its deadline, by itself or by whoever waits for the answer: what waits for its turn has no timer. */
  lifetime: Lifetime;
  priority: Priority;
  /** The caller's own: what it was told to wait does not hold others up. */
  pace: Pace;
}

/** The way to one upstream that all operations share. */
export interface ResilientClient {
  /**
   * Sends a read, again where that may help, or a write, once at most.
   * @throws UpstreamFailure on anything but a 2xx answer with JSON or without a body, and what `toValue` throws
   */
  send<T>(request: UpstreamRequest<T>, call: Call): Promise<T>;
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
  /** Told of the end of each request that was sent; `failure` is undefined where it went well. */
  onSettled: (operationId: string, failure: unknown, milliseconds: number) => void;
  /** Told of each read that is sent again. */
  onRetry: (operationId: string) => void;
  now: () => number;
  random: () => number;
}

/** Asks whether the upstream is there, for a write that must not be the one to find out. */
const PROBE: UpstreamRequest<undefined> = {
  operationId: 'requestSoftwareVersion',
  method: 'GET',
  target: '/v4/public/software/version',
  toValue: () => undefined,
};

/** Successes that take this part of an attempt's time are as bad a sign as failures. */
const SLOW_SHARE = 0.75;

export function createResilientClient(options: ResilientClientOptions): ResilientClient {
  const { http, attemptTimeoutMs, now, random, onSettled, onRetry } = options;
  const limiter = createConcurrencyLimiter(options);
  const circuit = createCircuit({ now, onChange: options.onCircuit });
  const budget = createRetryBudget(now);

  /** Resolves when the turn has come. @throws UpstreamFailure as soon as the lifetime ends, which gives the place up */
  function waitFor(place: Waiting, operationId: string, { lifetime }: Call): Promise<void> {
    return new Promise((resolve, reject) => {
      const listener = {
        onEnd() {
          place.giveUp();
          reject(endOf(lifetime, operationId));
        },
      };
      lifetime.listen(listener);
      void place.turn.then(() => {
        lifetime.unlisten(listener);
        resolve();
      });
    });
  }

  /** Waits out one hold at most: who is held again has to say so to the client. */
  async function waitForPace(operationId: string, { pace, lifetime }: Call): Promise<void> {
    if (pace.holdMs < lifetime.remainingMs) await pause(pace.holdMs, lifetime, operationId);
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

  function refuse(failure: UpstreamFailure): Promise<never> {
    limiter.leave();
    return Promise.reject(failure);
  }

  /** With a place taken, which it gives back. Nothing in the ordinary case waits before the request is sent. */
  function exchange<T>(request: UpstreamRequest<T>, { lifetime, pace }: Call): Promise<T> {
    const { operationId } = request;
    const timeoutMs = Math.min(attemptTimeoutMs, lifetime.remainingMs);
    if (pace.holdMs > 0) return refuse(paced(operationId, pace));
    if (lifetime.ending || timeoutMs <= 0) return refuse(endOf(lifetime, operationId));
    const report = circuit.admit();
    if (!report) return refuse(new UpstreamFailure({ operationId, kind: 'circuit-open', retryAfterSeconds: 1 }));

    const startedAt = now();
    return http.send(request, {
      timeoutMs,
      lifetime,
      settled(failure) {
        limiter.leave();
        if (failure instanceof UpstreamFailure && failure.status === 429) {
          limiter.slowDown();
          if (failure.retryAfterSeconds !== undefined) pace.holdFor(failure.retryAfterSeconds);
        }
        report(verdictOn(failure, startedAt));
        onSettled(operationId, failure, now() - startedAt);
      },
    });
  }

  function attempt<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    if (call.pace.holdMs === 0) return enter(request, call);
    return waitForPace(request.operationId, call).then(() => enter(request, call));
  }

  function enter<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    const { operationId } = request;
    const place = limiter.enter(call.priority);
    if (place === 'taken') return exchange(request, call);
    if (place === 'refused') {
      return Promise.reject(new UpstreamFailure({ operationId, kind: 'overloaded', retryAfterSeconds: 1 }));
    }
    return waitFor(place, operationId, call).then(() => exchange(request, call));
  }

  /** Tries again, and again, what has failed once. */
  async function retry<T>(request: UpstreamRequest<T>, call: Call, firstFailure: unknown): Promise<T> {
    const { lifetime } = call;
    let failure = firstFailure;
    for (let attempts = 1; ; attempts += 1) {
      if (!(failure instanceof UpstreamFailure)) throw failure;
      const delayMs = retryDelayMs(failure, attempts, lifetime.remainingMs, random);
      if (delayMs === undefined || !budget.take()) throw failure;
      await pause(delayMs, lifetime, request.operationId);
      onRetry(request.operationId);
      try {
        return await attempt(request, call);
      } catch (error) {
        failure = error;
      }
    }
  }

  function read<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    budget.read();
    return attempt(request, call).catch((failure: unknown) => retry(request, call, failure));
  }

  async function write<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
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
