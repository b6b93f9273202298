import { isServerFault } from '../../errors/failure-meaning.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import type { HttpClient, UpstreamRequest, HeaderList } from '../http/http-client.js';
import {
  AdaptiveLimit,
  type ConcurrencyLimiter,
  type Priority,
  createConcurrencyLimiter,
} from './concurrency-limiter.js';
import { type Circuits, type Verdict, createCircuits } from './circuits.js';
import {
  type CredentialTrials,
  type UpstreamCaller,
  UpstreamCredential,
  createCredentialTrials,
} from './credential-trials.js';
import { InnerLifetime, Lifetime, endOf, pause, turnOf } from './lifetime.js';
import { Pace, type RetryBudget, createRetryBudget, retryDelayMs } from './retries.js';
import type { Clock } from './clock.js';

/** What a call may cost, and whose it is. */
export interface Call {
  /** Has to end by its deadline, because a request that waits for its turn has no timer of its own. */
  lifetime: Lifetime;
  priority: Priority;
  caller: UpstreamCaller;
  /** Called when the request is about to be sent. */
  onStart?: () => void;
}

/** The way to one upstream that all operations share. */
export interface ResilientClient {
  /**
   * Sends a read, again where that may help, or a write, once at most.
   * @throws UpstreamFailure on anything but a 2xx answer with JSON or without a body, and what `toValue` throws
   */
  send<T>(request: UpstreamRequest<T>, call: Call): Promise<T>;
  /** Starts no further write from `afterMs` on, those included that wait for their turn. Writes that were started go on. */
  endWrites(afterMs: number): void;
  /** The state of a credential that nothing has been sent with yet. */
  createCredential(): UpstreamCredential;
  /** Whether a request of this caller would be refused if it had to wait; never, unless `hasFullQueue`. */
  isFullFor(caller: UpstreamCaller): boolean;
  readonly hasFullQueue: boolean;
  readonly circuitIsOpen: boolean;
  readonly limiter: Pick<ConcurrencyLimiter, 'limit' | 'underWay' | 'waiting'>;
  /** Requests that wait until their credential has proved itself. */
  readonly waitingOnTrial: number;
}

export interface ResilientClientOptions {
  http: HttpClient;
  /** For one attempt, from sending to the last byte. */
  attemptTimeoutMs: number;
  /** The same for one attempt to read a list. */
  listTimeoutMs: number;
  maxConcurrency: number;
  maxQueue: number;
  /** Called when the circuit opens and closes. */
  onCircuit: (state: 'open' | 'closed') => void;
  /** Requests in three seconds from which on circuits may open; 10 if left out. */
  circuitMinRequests?: number | undefined;
  /** Each is called at the end of each request that was sent; `failure` is undefined if it went well. */
  onSettled: readonly ((operationId: string, failure: unknown, milliseconds: number) => void)[];
  /** Called for each read that is sent again. */
  onRetry?: ((operationId: string) => void) | undefined;
  clock: Clock;
  random: () => number;
}

/** Asks whether the upstream is there, for a write that must not be the one to find out. */
const PROBE: UpstreamRequest<undefined> = {
  operationId: 'requestSoftwareVersion',
  method: 'GET',
  target: '/v4/public/software/version',
  anonymous: true,
  toValue: () => undefined,
};

/** Successes that take this part of an attempt's time are as bad a sign as failures. */
const SLOW_SHARE = 0.75;

export function createResilientClient(options: ResilientClientOptions): ResilientClient {
  return new Client(options);
}

class Client implements ResilientClient {
  readonly limiter: ConcurrencyLimiter;
  private readonly trials: CredentialTrials;
  private readonly circuits: Circuits;
  private readonly retries: RetryBudget;
  /** Of writes that wait for their turn. */
  private readonly waitingWrites = new Set<Lifetime>();
  private takesWrites = true;
  /** In the queue, all credentials on trial take turns as one caller. */
  private readonly newcomers: UpstreamCaller;

  constructor(private readonly options: ResilientClientOptions) {
    const { clock, onCircuit, circuitMinRequests } = options;
    this.limiter = createConcurrencyLimiter(options);
    this.trials = createCredentialTrials(options);
    this.circuits = createCircuits({ clock, onChange: onCircuit, minRequests: circuitMinRequests });
    this.retries = createRetryBudget(clock);
    this.newcomers = this.createCredential().callerOf(undefined);
  }

  get hasFullQueue(): boolean {
    const { maxQueue } = this.options;
    return this.limiter.queue.length >= maxQueue || this.trials.queue.length >= maxQueue;
  }

  get circuitIsOpen(): boolean {
    return this.circuits.isOpen;
  }

  get waitingOnTrial(): number {
    return this.trials.waiting;
  }

  createCredential(): UpstreamCredential {
    const { maxConcurrency, clock } = this.options;
    return new UpstreamCredential(new AdaptiveLimit(maxConcurrency, clock), new Pace(clock), (credential) => ({
      credential,
      circuit: this.circuits.create(credential),
      retries: createRetryBudget(clock),
    }));
  }

  endWrites(afterMs: number): void {
    if (afterMs > 0) {
      setTimeout(() => this.endWrites(0), afterMs).unref();
      return;
    }
    this.takesWrites = false;
    for (const lifetime of this.waitingWrites) lifetime.end('aborted');
  }

  isFullFor(caller: UpstreamCaller): boolean {
    const { credential } = caller;
    return credential.hasSucceeded ? this.limiter.queue.isFullFor(caller) : this.trials.queue.isFullFor(credential);
  }

  send<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    return request.method === 'GET' ? this.read(request, call) : this.write(request, call);
  }

  private read<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    const { retries, credential } = call.caller;
    const answer = this.attempt(request, call).catch((failure: unknown) => this.retry(request, call, failure));
    // Once it is on its way, and before it can be answered.
    retries.read();
    if (credential.hasSucceeded) this.retries.read();
    return answer;
  }

  private async write<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    const { operationId } = request;
    if (!this.takesWrites) throw notStarted(operationId);
    const lifetime = new InnerLifetime(call.lifetime);
    const progress = { isStarted: false };
    const stopWaiting = (): void => {
      lifetime.close();
      this.waitingWrites.delete(lifetime);
    };
    const onStart = (): void => {
      progress.isStarted = true;
      stopWaiting();
    };
    this.waitingWrites.add(lifetime);
    try {
      if (this.circuits.isOpenFor(call.caller)) {
        const probe = { ...PROBE, headers: idIn(request), sent: request.sent ?? { count: 0 } };
        await this.attempt(probe, { ...call, lifetime });
      }
      return await this.attempt(request, { ...call, lifetime, onStart });
    } catch (failure) {
      throw !progress.isStarted && isOutOfTime(failure) ? notStarted(operationId, failure) : failure;
    } finally {
      stopWaiting();
    }
  }

  /** Tries again, and again, what has failed once. */
  private async retry<T>(request: UpstreamRequest<T>, call: Call, firstFailure: unknown): Promise<T> {
    const { lifetime } = call;
    let failure = firstFailure;
    for (let attempts = 1; ; attempts += 1) {
      if (!(failure instanceof UpstreamFailure)) throw failure;
      const delayMs = retryDelayMs(failure, attempts, lifetime.remainingMs, this.options.random);
      if (delayMs === undefined || !this.mayRetry(call)) throw failure;
      await pause(delayMs, lifetime, request.operationId);
      this.options.onRetry?.(request.operationId);
      try {
        return await this.attempt(request, call);
      } catch (error) {
        failure = error;
      }
    }
  }

  /** The caller's budget keeps it from spending that of the others. */
  private mayRetry({ caller }: Call): boolean {
    return caller.retries.take() && (!caller.credential.hasSucceeded || this.retries.take());
  }

  private attempt<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    if (call.caller.credential.pace.resumeAt <= this.options.clock.now()) return this.enter(request, call);
    return this.waitForPace(request.operationId, call).then(() => this.enter(request, call));
  }

  /** Waits out one hold at most: who is held again has to say so to the client. */
  private async waitForPace(operationId: string, { caller, lifetime }: Call): Promise<void> {
    const { pace } = caller.credential;
    if (pace.holdMs < lifetime.remainingMs) await pause(pace.holdMs, lifetime, operationId);
    else throw paced(operationId, pace);
  }

  private enter<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    return call.caller.credential.hasSucceeded ? this.queue(request, call, call.caller) : this.prove(request, call);
  }

  /** Sends what may be sent with a credential that has yet to succeed. */
  private async prove<T>(request: UpstreamRequest<T>, call: Call): Promise<T> {
    const { operationId } = request;
    const { credential } = call.caller;
    if (this.isRefused(request, call)) throw unauthenticated(operationId);
    const turn = await turnOf(this.trials.enter(credential, call.priority), call.lifetime, operationId);
    if (turn === 'refused') throw overloaded(operationId);
    if (turn === 'changed') return this.enter(request, call);

    const lifetime = new InnerLifetime(call.lifetime);
    // The outcome of a write that is cut off would not be known.
    if (request.method === 'GET' && request.anonymous !== true) credential.trialReads.add(lifetime);
    try {
      return await this.queue(request, { ...call, lifetime }, this.newcomers);
    } catch (failure) {
      throw hasEndedOnly(lifetime, call.lifetime, failure) ? unauthenticated(operationId) : failure;
    } finally {
      lifetime.close();
      credential.trialReads.delete(lifetime);
      this.trials.leave(credential);
    }
  }

  private queue<T>(request: UpstreamRequest<T>, call: Call, seat: UpstreamCaller): Promise<T> {
    const { operationId } = request;
    const place = this.limiter.enter(seat, call.priority);
    if (place === 'taken') return this.exchange(request, call, seat);
    return turnOf(place, call.lifetime, operationId).then((turn) => {
      if (turn === 'refused') throw overloaded(operationId);
      return this.exchange(request, call, seat);
    });
  }

  /** With a place that `seat` has taken, and gives back. In the ordinary case nothing waits before the request is sent. */
  private exchange<T>(request: UpstreamRequest<T>, call: Call, seat: UpstreamCaller): Promise<T> {
    const { http, clock, onSettled, onRetry } = this.options;
    const attemptTimeoutMs = request.isList === true ? this.options.listTimeoutMs : this.options.attemptTimeoutMs;
    const { operationId } = request;
    const { caller } = call;
    const { pace } = caller.credential;
    const startedAt = clock.now();
    const remainingMs = call.lifetime.deadlineAt - startedAt;
    if (pace.resumeAt > startedAt) return this.refuse(seat, paced(operationId, pace));
    if (this.isRefused(request, call)) return this.refuse(seat, unauthenticated(operationId));
    if (call.lifetime.ending || remainingMs <= 0) return this.refuse(seat, endOf(call.lifetime, operationId));
    const isProbe = this.circuits.isOpenFor(caller);
    const report = this.circuits.admit(caller);
    if (!report) return this.refuse(seat, circuitOpen(operationId));

    const isRead = request.method === 'GET';
    // A write that was started has all of its time, because the outcome of one that is cut off would not be known.
    const timeoutMs = isRead ? Math.min(attemptTimeoutMs, remainingMs) : attemptTimeoutMs;
    const lifetime = isRead ? call.lifetime : new Lifetime(Infinity);
    call.onStart?.();
    if (request.sent) request.sent.count += 1;
    return http.send(request, {
      timeoutMs,
      lifetime,
      isProbe,
      resent: () => {
        if (request.sent) request.sent.count += 1;
        onRetry?.(operationId);
      },
      settled: (failure) => {
        const milliseconds = clock.now() - startedAt;
        const verdict = verdictOn(failure, milliseconds >= attemptTimeoutMs * SLOW_SHARE);
        this.learn(request, call, failure, verdict);
        this.limiter.leave(seat);
        report(verdict);
        for (const notify of onSettled) notify(operationId, failure, milliseconds);
      },
    });
  }

  private refuse(seat: UpstreamCaller, failure: UpstreamFailure): Promise<never> {
    this.limiter.leave(seat);
    return Promise.reject(failure);
  }

  private isRefused({ anonymous }: UpstreamRequest<unknown>, { caller }: Call): boolean {
    const { credential } = caller;
    return anonymous !== true && !credential.hasSucceeded && this.trials.isRefused(credential);
  }

  /** Takes what an answer says about its credential, and about the load that the upstream bears. */
  private learn(request: UpstreamRequest<unknown>, { caller }: Call, failure: unknown, verdict: Verdict): void {
    const { credential } = caller;
    // A success says nothing new of a credential that has succeeded.
    const isNews = failure !== undefined || !credential.hasSucceeded;
    if (isNews && request.anonymous !== true) this.trials.learn(credential, failure);
    const isLimited = failure instanceof UpstreamFailure && failure.status === 429;
    if (isLimited || verdict === 'well') this.limiter.answered(credential, isLimited);
    if (isLimited && failure.retryAfterSeconds !== undefined) credential.pace.holdFor(failure.retryAfterSeconds);
  }
}

/** Of the headers of a request that which tells the operation behind it. */
function idIn({ headers = [] }: UpstreamRequest<unknown>): HeaderList {
  const at = headers.indexOf('x-request-id');
  return at < 0 ? [] : headers.slice(at, at + 2);
}

function verdictOn(failure: unknown, isSlow: boolean): Verdict {
  if (failure === undefined) return isSlow ? 'unwell' : 'well';
  if (!(failure instanceof UpstreamFailure) || failure.kind === 'aborted') return 'unknown';
  // An operation that was late already left it little time.
  if (failure.kind === 'timeout' && !isSlow) return 'unknown';
  return isServerFault(failure) ? 'unwell' : 'well';
}

/** Whether a call failed because its own lifetime was ended, and not that of its caller. */
const hasEndedOnly = (own: Lifetime, outer: Lifetime, failure: unknown): boolean =>
  own.ending !== undefined &&
  outer.ending === undefined &&
  failure instanceof UpstreamFailure &&
  failure.kind === 'aborted';

function paced(operationId: string, pace: Pace): UpstreamFailure {
  const retryAfterSeconds = Math.max(1, Math.ceil(pace.holdMs / 1_000));
  return new UpstreamFailure({ operationId, kind: 'paced', retryAfterSeconds });
}

const circuitOpen = (operationId: string): UpstreamFailure =>
  new UpstreamFailure({ operationId, kind: 'circuit-open', retryAfterSeconds: 1 });

const overloaded = (operationId: string): UpstreamFailure =>
  new UpstreamFailure({ operationId, kind: 'overloaded', retryAfterSeconds: 1 });

/** Whether a call has failed because its time was up, or nobody wanted it any more. */
const isOutOfTime = (failure: unknown): boolean =>
  failure instanceof UpstreamFailure && (failure.kind === 'timeout' || failure.kind === 'aborted');

const notStarted = (operationId: string, cause?: unknown): UpstreamFailure =>
  new UpstreamFailure({ operationId, kind: 'not-started', cause });

/** The same as the upstream's own answer to the credential. */
const unauthenticated = (operationId: string): UpstreamFailure =>
  new UpstreamFailure({ operationId, kind: 'status', status: 401 });
