import { randomUUID } from 'node:crypto';
import type { FieldNode } from 'graphql';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AcceptedCredentials } from '../auth/accepted-credentials.js';
import type { Caller } from '../auth/caller.js';
import type { OwnToken } from '../auth/credentials.js';
import type { EntityCache } from '../cache/entity-cache.js';
import { Freshness, SCOPE_TAG, createOperationCache } from '../cache/operation-cache.js';
import { announceWrites, type Write } from '../commands/announce-writes.js';
import { createBulkCommands, type BulkCommands } from '../commands/bulk-commands.js';
import { createCommands, type Commands } from '../commands/create-commands.js';
import { createRepeatableCommands } from '../commands/repeatable-commands.js';
import { restrictCommands } from '../commands/restrict-commands.js';
import { WriteOnce } from '../commands/write-once.js';
import type { OutcomeStore } from '../idempotency/outcome-store.js';
import type { Config } from '../config.js';
import type { EventBus } from '../events/event-bus.js';
import { toEventId } from '../events/to-event-id.js';
import { createScopes, type CallerScope, type Scopes } from '../loaders/caller-scope.js';
import { type CallerBudgets, type OperationBudget, createOperationBudget } from '../loaders/operation-budget.js';
import { createLoaders, type Loaders } from '../loaders/create-loaders.js';
import { restrictLoaders } from '../loaders/restrict-loaders.js';
import { type UpstreamKnowledge, createUpstreamKnowledge } from '../loaders/batch/fetch-customers.js';
import { EXPLAIN_UPSTREAM, mayExplain } from '../operations/rules/explain.js';
import type { OperationContext, WaitingClient } from '../operations/operation-context.js';
import { type GatewayHooks, OperationTrace } from '../telemetry/operation-trace.js';
import type { ObservedRequest } from '../telemetry/request-observer.js';
import { readTraceContext } from '../telemetry/trace-context.js';
import { type Upstream, createUpstream } from '../upstream/upstream.js';
import { isWhole } from '../records/answer.js';
import { Lifetime, TimedLifetime, timedWithin } from '../upstream/resilience/lifetime.js';
import type { HeaderList } from '../upstream/http/http-client.js';
import type { ResilientClient } from '../upstream/resilience/resilient-client.js';
import type { RecordTexts } from '../records/text/record-matcher.js';
import type { UnverifiedValues } from '../records/unverified-values.js';
import type { UnknownFields } from '../records/decode.js';
import { BoundClient, Turns } from '../upstream/calls/bound-client.js';
import { createUnbudgeted, noteOrigin } from './unbudgeted.js';
import { toIdempotencyKey } from './idempotency-key.js';
import type { SharedState } from './shared-state.js';

export interface OperationsOptions {
  config: Config;
  client: ResilientClient;
  upstreamUrl: URL;
  state: SharedState;
  /** Takes each service token that the upstream accepts, until it refuses it. */
  accepted: Pick<AcceptedCredentials, 'add' | 'delete'>;
  ownToken: OwnToken;
  hooks?: GatewayHooks;
  unknownFields: UnknownFields;
  unverifiedValues: UnverifiedValues;
  recordTexts: RecordTexts;
  describeFailure: OperationContext['describeFailure'];
}

/** Makes what belongs to one operation, around the caller's scope; its time starts to run. */
export interface Operations {
  /** One that a request asks for, for as long as its client is there. */
  ofRequest(
    request: IncomingMessage,
    client: WaitingClient,
    caller: Caller,
    observed?: ObservedRequest,
    budgets?: CallerBudgets,
  ): OperationContext;
  /** One that no request stands behind. */
  ofCaller(
    caller: Caller,
    customerChanges?: OperationContext['customerChanges'],
    budgets?: CallerBudgets,
  ): OperationContext;
  /** Whether an upstream request of this caller would be refused if it had to wait. */
  isQueueFullFor(caller: Caller): boolean;
  /** What the gateway reads by itself, past all that is kept and within no operation's budget. */
  backgroundOf(caller: Caller): Upstream;
  /** The same for what a client waits for. */
  foregroundOf(caller: Caller): Upstream;
  readonly scopes: Scopes;
}

type RequestHeaders = Pick<IncomingMessage, 'headers' | 'headersDistinct'>;
const NO_HEADERS: RequestHeaders = { headers: {}, headersDistinct: {} };

/** What all operations share. */
export interface Shared {
  config: Config;
  upstreamUrl: URL;
  client: ResilientClient;
  ownToken: OwnToken;
  cache: EntityCache;
  outcomes: OutcomeStore;
  events: EventBus;
  knowledge: UpstreamKnowledge;
  hooks: GatewayHooks;
  unknownFields: UnknownFields;
  unverifiedValues: UnverifiedValues;
  recordTexts: RecordTexts;
  describeFailure: OperationContext['describeFailure'];
  /** Monotonic, in milliseconds. */
  now: () => number;
}

/** Headers that tell upstream whose calls those of one operation are. */
function ownHeadersOf(request: RequestHeaders, observed: ObservedRequest | undefined): HeaderList {
  const id = observed ? ['x-request-id', observed.requestId] : [];
  // With traces, the span of each call has the headers.
  if (observed?.span || request.headers['traceparent'] === undefined) return id;
  return [...id, ...Object.entries(readTraceContext(request.headersDistinct)).flat()];
}

/** One operation and who asks for it. */
interface OperationOrigin {
  caller: Caller;
  /** Lasts as long as a client waits for the answer. */
  wanted: Lifetime;
  request: RequestHeaders;
  customerChanges?: OperationContext['customerChanges'];
  observed?: ObservedRequest | undefined;
  budgets?: CallerBudgets | undefined;
}

/** Wires what belongs to one operation, each part when it is first asked for: few operations need all of them. */
class Operation implements OperationContext {
  readonly freshness = new Freshness();
  readonly trace: OperationTrace;
  readonly budget: OperationBudget;
  readonly explains: boolean;
  private readonly isShareable: boolean;
  readonly refusedFields = new Set<FieldNode>();
  private turns: Turns | undefined;
  /** Shared by the copies that Apollo Server makes of a context. */
  private readonly time: { deadlineAt: number };
  private allLoaders: Loaders | undefined;
  private callersLoaders: Loaders | undefined;
  private writes: Pick<OperationContext, 'commands' | 'bulk'> | undefined;
  private wanted: Lifetime;
  private readonly request: RequestHeaders;
  private readonly observed: ObservedRequest | undefined;
  readonly caller: Caller;
  readonly scopes: ReadonlySet<string> | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly credential: OperationContext['credential'];
  readonly customerChanges: OperationContext['customerChanges'];

  constructor(
    private readonly shared: Shared,
    private readonly scope: CallerScope,
    { caller, wanted, request, customerChanges, observed, budgets }: OperationOrigin,
  ) {
    const { maxUpstreamRequests, explain } = shared.config;
    this.caller = caller;
    this.scopes = caller.scopes;
    this.wanted = wanted;
    this.request = request;
    this.headers = request.headers;
    this.observed = observed;
    this.credential = scope.credential;
    this.customerChanges = customerChanges;
    this.time = { deadlineAt: wanted.deadlineAt };
    this.trace = new OperationTrace(shared.hooks, observed?.span);
    this.budget = createOperationBudget(maxUpstreamRequests, budgets);
    this.isShareable = budgets === undefined;
    const asked = request.headers[EXPLAIN_UPSTREAM];
    this.explains = typeof asked === 'string' && mayExplain(asked, explain);
  }

  get loaders(): Loaders {
    const { customerIds } = this.caller;
    return (this.callersLoaders ??= customerIds ? restrictLoaders(this.unrestricted, customerIds) : this.unrestricted);
  }

  get commands(): Commands {
    return (this.writes ??= this.createWrites()).commands;
  }

  get bulk(): BulkCommands {
    return (this.writes ??= this.createWrites()).bulk;
  }

  get describeFailure(): OperationContext['describeFailure'] {
    return this.shared.describeFailure;
  }

  extendTime(): void {
    const { requestTimeoutMs, bulkTimeoutMs } = this.shared.config;
    this.time.deadlineAt = this.wanted.deadlineAt + Math.max(0, bulkTimeoutMs - requestTimeoutMs);
  }

  share<T>(key: string, run: () => Promise<T>): Promise<T> {
    // Others must not get the error of a budget that does not bound them.
    if (!this.isShareable) return run();
    return this.scope.coalescer.share({
      key,
      operationId: 'operation',
      lifetime: this.wanted,
      read: (wanted) => {
        // Others may join it, so it lasts as long as any of them waits.
        this.wanted = wanted;
        return run();
      },
    });
  }

  private get unrestricted(): Loaders {
    return (this.allLoaders ??= this.createLoaders());
  }

  private createLoaders(): Loaders {
    const { cache, config, knowledge, now } = this.shared;
    return createLoaders({
      upstream: this.bind(undefined),
      background: () => createUnbudgeted(this.shared, this.caller, this.scope, true),
      cache: createOperationCache({
        cache,
        policies: config.cache.policies,
        scope: this.scope,
        freshness: this.freshness,
        isWhole,
        onRead: (entity, result) => this.trace.cacheRead(entity, result),
        now,
      }),
      scope: this.scope,
      knowledge,
      budget: this.budget,
      trace: this.trace,
      concurrency: Math.min(config.upstream.maxConnections, config.upstream.maxPerOperation),
    });
  }

  private createCommands(): Commands {
    // A write that has been started is finished, and so is what it reads, whether or not the client still listens.
    const lifetime = new TimedLifetime(this.time.deadlineAt);
    const own = createCommands(this.bind(lifetime), this.unrestricted, () => lifetime.remainingMs > 0);
    const commands = announceWrites(own, (write) => this.announce(write));
    const { customerIds } = this.caller;
    return customerIds ? restrictCommands(commands, customerIds) : commands;
  }

  /** Writes of an operation with an idempotency key are numbered, so that each has a key of its own. */
  private createWrites(): Pick<OperationContext, 'commands' | 'bulk'> {
    const own = this.createCommands();
    const loaders = this.unrestricted;
    const once = this.createWriteOnce();
    const header = toIdempotencyKey(this.headers);
    let fields = 0;
    const nextKey = (): string | undefined => {
      fields += 1;
      return header && JSON.stringify([fields, header]);
    };
    const { maxConnections, maxPerOperation } = this.shared.config.upstream;
    return {
      commands: createRepeatableCommands(own, loaders, (write) => once.run(nextKey(), write)),
      bulk: createBulkCommands({
        async begin(name, input) {
          const key = nextKey();
          await once.bind(key, name, input);
          return (index) => createRepeatableCommands(own, loaders, (write) => once.run(key && `${index}${key}`, write));
        },
        // Half of the connections stay with others.
        concurrency: Math.min(Math.ceil(maxConnections / 2), maxPerOperation),
      }),
    };
  }

  private createWriteOnce(): WriteOnce {
    const { config, outcomes } = this.shared;
    const { serviceToken, identity } = this.caller;
    return new WriteOnce({
      store: outcomes,
      caller: JSON.stringify([this.scope.key, identity]),
      secret: serviceToken ?? '',
      longestMs: Math.max(config.requestTimeoutMs, config.bulkTimeoutMs) + config.upstream.timeoutMs,
    });
  }

  /** The answer does not wait for it. */
  private announce({ type, customerId, customerUuid, updatedAt }: Write): void {
    const { key: scopeKey } = this.scope;
    void this.shared.events.publish({
      id: type === 'UPDATED' ? randomUUID() : toEventId(scopeKey, type, customerId),
      type,
      customerId,
      occurredAt: new Date().toISOString(),
      scopeKey,
      ...(customerUuid !== undefined && { customerUuid }),
      ...(updatedAt !== undefined && { updatedAt }),
    });
  }

  /** `lifetime` is that of calls which go on when the client disconnects; undefined for those that do not. */
  private bind(lifetime: TimedLifetime | undefined): Upstream {
    const { config, client } = this.shared;
    const bound = new BoundClient(client, {
      serviceToken: this.caller.serviceToken,
      headers: ownHeadersOf(this.request, this.observed),
      coalescer: this.scope.coalescer,
      caller: this.scope.credential.callerOf(this.caller.identity),
      lifetime: lifetime ?? timedWithin(this.wanted, this.time.deadlineAt),
      turns: (this.turns ??= new Turns(config.upstream.maxPerOperation)),
      budget: this.budget,
      writeTimeoutMs: config.requestTimeoutMs,
      isBackground: false,
      traced: this.observed?.span && { span: this.observed.span, baseUrl: this.shared.upstreamUrl },
      trace: this.trace,
      standing: this.scope.standing,
      noteFailure: (failure) => noteOrigin(failure, this.caller, this.shared.ownToken, this.observed?.requestId),
      unknownFields: this.shared.unknownFields,
      unverifiedValues: this.shared.unverifiedValues,
      recordTexts: this.shared.recordTexts,
      pageSize: this.shared.config.upstream.pageSize,
    });
    return createUpstream(bound);
  }
}

const now = (): number => performance.now();

/** What the operations of each caller share, made when a caller first comes. */
function createCallerScopes({ config, client, upstreamUrl, state, accepted }: OperationsOptions): Scopes {
  return createScopes({
    upstreamUrl: upstreamUrl.href,
    pageSize: config.upstream.pageSize,
    readTimeoutMs: config.requestTimeoutMs,
    createCredential: () => client.createCredential(),
    now,
    uuidStoreOf: state.uuidStoreOf,
    onAccepted: (serviceToken) => accepted.add(serviceToken),
    onRefused(serviceToken, scopeKey) {
      if (serviceToken !== undefined) accepted.delete(serviceToken);
      void state.cache.invalidate(scopeKey, [SCOPE_TAG]);
    },
  });
}

const sharedOf = (options: OperationsOptions): Shared => ({
  config: options.config,
  upstreamUrl: options.upstreamUrl,
  client: options.client,
  ownToken: options.ownToken,
  cache: options.state.cache,
  outcomes: options.state.outcomes,
  events: options.state.events,
  knowledge: createUpstreamKnowledge(options.config.upstream),
  hooks: options.hooks ?? {},
  unknownFields: options.unknownFields,
  unverifiedValues: options.unverifiedValues,
  recordTexts: options.recordTexts,
  describeFailure: options.describeFailure,
  now,
});

export function createOperations(options: OperationsOptions): Operations {
  const { requestTimeoutMs } = options.config;
  const scopes = createCallerScopes(options);
  const shared = sharedOf(options);
  const unbudgetedOf = (caller: Caller, isBackground: boolean): Upstream =>
    createUnbudgeted(shared, caller, scopes.of(caller.serviceToken), isBackground);
  return {
    ofRequest(request, client, caller, observed, budgets) {
      const scope = scopes.of(caller.serviceToken);
      const wanted = new Lifetime(performance.now() + requestTimeoutMs);
      client.on('close', () => {
        if (!client.writableFinished) wanted.end('aborted');
      });
      return new Operation(shared, scope, { caller, wanted, request, observed, budgets });
    },
    ofCaller(caller, customerChanges, budgets) {
      const wanted = new Lifetime(performance.now() + requestTimeoutMs);
      const origin = { caller, wanted, request: NO_HEADERS, customerChanges, budgets };
      return new Operation(shared, scopes.of(caller.serviceToken), origin);
    },
    backgroundOf: (caller) => unbudgetedOf(caller, true),
    foregroundOf: (caller) => unbudgetedOf(caller, false),
    isQueueFullFor: ({ serviceToken, identity }) =>
      options.client.isFullFor(scopes.of(serviceToken).credential.callerOf(identity)),
    scopes,
  };
}
