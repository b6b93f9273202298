import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../auth/caller.js';
import type { EntityCache } from '../cache/entity-cache.js';
import { Freshness } from '../cache/freshness.js';
import { createOperationCache, type OperationCache } from '../cache/operation-cache.js';
import { announceWrites, type Write } from '../commands/announce-writes.js';
import { createCommands, type Commands } from '../commands/create-commands.js';
import { restrictCommands } from '../commands/restrict-commands.js';
import type { Config } from '../config.js';
import type { EventBus } from '../events/event-bus.js';
import { toEventId } from '../events/to-event-id.js';
import { createScopes, type CallerScope, type Scopes } from '../loaders/caller-scope.js';
import { createLoaders, type Loaders } from '../loaders/create-loaders.js';
import { createOperationBudget, type OperationBudget } from '../loaders/operation-budget.js';
import { restrictLoaders } from '../loaders/restrict-loaders.js';
import { createUpstreamKnowledge, type UpstreamKnowledge } from '../loaders/upstream-knowledge.js';
import { mayExplain } from '../server/may-explain.js';
import type { OperationContext } from '../server/operation-context.js';
import { NO_HOOKS, type GatewayHooks } from '../telemetry/gateway-hooks.js';
import { OperationTrace } from '../telemetry/operation-trace.js';
import type { ObservedRequest } from '../telemetry/request-observer.js';
import { createUpstream } from '../upstream/create-upstream.js';
import { isWhole } from '../upstream/is-whole.js';
import { Lifetime, TimedLifetime } from '../upstream/resilience/lifetime.js';
import type { ResilientClient } from '../upstream/resilience/resilient-client.js';
import type { UnknownFields } from '../upstream/unknown-fields.js';
import type { Upstream } from '../upstream/upstream.js';
import { lifetimeOf, timedWithin } from './operation-lifetime.js';
import { ownHeadersOf } from './own-headers.js';
import type { SharedState } from './shared-state.js';

export interface OperationsOptions {
  config: Config;
  client: ResilientClient;
  upstreamUrl: URL;
  state: SharedState;
  hooks?: GatewayHooks;
  unknownFields: UnknownFields;
}

/** Makes what belongs to one operation, around the caller's scope; its time starts to run. */
export interface Operations {
  /** One that a request asks for, for as long as its client is there. */
  ofRequest(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    observed?: ObservedRequest,
  ): OperationContext;
  /** One that no request stands behind. */
  ofCaller(caller: Caller, customerChanges?: OperationContext['customerChanges']): OperationContext;
  /** What the gateway reads by itself, past all that is kept and within no operation's budget. */
  backgroundOf(caller: Caller): Upstream;
  readonly scopes: Scopes;
}

type RequestHeaders = Pick<IncomingMessage, 'headers' | 'headersDistinct'>;
const NO_HEADERS: RequestHeaders = { headers: {}, headersDistinct: {} };

/** What all operations share. */
interface Shared {
  config: Config;
  client: ResilientClient;
  cache: EntityCache;
  events: EventBus;
  knowledge: UpstreamKnowledge;
  hooks: GatewayHooks;
  unknownFields: UnknownFields;
  now: () => number;
}

/** What no client waits for. */
function createBackground(
  { client, config, unknownFields }: Shared,
  { serviceToken }: Caller,
  scope: CallerScope,
): Upstream {
  return createUpstream(client, {
    serviceToken,
    coalescer: scope.coalescer,
    pace: scope.pace,
    lifetime: new TimedLifetime(performance.now() + config.requestTimeoutMs),
    isBackground: true,
    headers: [],
    span: undefined,
    beforeCall: () => undefined,
    afterCall: () => undefined,
    unknownFields,
  });
}

/** Wires what belongs to one operation, each part when it is first asked for: few operations need all of them. */
class Operation implements OperationContext {
  readonly freshness = new Freshness();
  readonly trace: OperationTrace;
  readonly budget: OperationBudget;
  readonly explains: boolean;
  private allLoaders: Loaders | undefined;
  private callersLoaders: Loaders | undefined;
  private callersCommands: Commands | undefined;

  /** `wanted` lasts as long as anybody waits for the answer. */
  constructor(
    private readonly shared: Shared,
    private readonly scope: CallerScope,
    private readonly wanted: Lifetime,
    readonly caller: Caller,
    private readonly request: RequestHeaders,
    readonly customerChanges: OperationContext['customerChanges'],
    private readonly observed: ObservedRequest | undefined,
  ) {
    const { maxUpstreamRequests, explain } = shared.config;
    this.trace = new OperationTrace(shared.hooks, observed?.span);
    this.budget = createOperationBudget(maxUpstreamRequests);
    this.explains = mayExplain(request, explain);
  }

  get scopes(): ReadonlySet<string> | undefined {
    return this.caller.scopes;
  }

  get loaders(): Loaders {
    const { customerIds } = this.caller;
    return (this.callersLoaders ??= customerIds ? restrictLoaders(this.unrestricted, customerIds) : this.unrestricted);
  }

  get commands(): Commands {
    return (this.callersCommands ??= this.createCommands());
  }

  share<T>(key: string, run: (context: OperationContext) => Promise<T>): Promise<T> {
    return this.scope.coalescer.share({
      key,
      operationId: 'operation',
      lifetime: this.wanted,
      read: (wanted) =>
        run(new Operation(this.shared, this.scope, wanted, this.caller, this.request, undefined, this.observed)),
      settled: (_failure, joined) => (this.trace.hasJoined = joined),
    });
  }

  private get unrestricted(): Loaders {
    return (this.allLoaders ??= this.createLoaders());
  }

  private createLoaders(): Loaders {
    const { config, knowledge } = this.shared;
    return createLoaders({
      upstream: this.bind(timedWithin(this.wanted)),
      background: () => createBackground(this.shared, this.caller, this.scope),
      cache: this.createCache(),
      scope: this.scope,
      knowledge,
      budget: this.budget,
      trace: this.trace,
      concurrency: config.upstream.maxConnections,
    });
  }

  private createCommands(): Commands {
    // A write that has been started is finished, and so is what it reads, whether or not the client still listens.
    const upstream = this.bind(new TimedLifetime(this.wanted.deadlineAt));
    const commands = announceWrites(createCommands(upstream, this.unrestricted), (write) => this.announce(write));
    const { customerIds } = this.caller;
    return customerIds ? restrictCommands(commands, customerIds) : commands;
  }

  /** The answer does not wait for it. */
  private announce({ type, customerId, customerUuid, updatedAt }: Write): void {
    const { key: scopeKey } = this.scope;
    void this.shared.events.publish({
      id: type === 'UPDATED' ? randomUUID() : toEventId(scopeKey, type, customerId),
      type,
      customerId,
      occurredAt: new Date(this.shared.now()).toISOString(),
      scopeKey,
      ...(customerUuid !== undefined && { customerUuid }),
      ...(updatedAt !== undefined && { updatedAt }),
    });
  }

  private createCache(): OperationCache {
    const { cache, config, now } = this.shared;
    return createOperationCache({
      cache,
      policies: config.cache.policies,
      scope: this.scope,
      freshness: this.freshness,
      isWhole,
      onRead: (entity, result) => this.trace.cacheRead(entity, result),
      now,
    });
  }

  private bind(lifetime: TimedLifetime): Upstream {
    return createUpstream(this.shared.client, {
      serviceToken: this.caller.serviceToken,
      coalescer: this.scope.coalescer,
      pace: this.scope.pace,
      lifetime,
      isBackground: false,
      headers: ownHeadersOf(this.request, this.observed),
      span: this.observed?.span,
      beforeCall: () => this.budget.spend(1),
      afterCall: (call) => this.trace.called(call),
      unknownFields: this.shared.unknownFields,
    });
  }
}

export function createOperations(options: OperationsOptions): Operations {
  const { config, client, upstreamUrl, state, hooks = NO_HOOKS, unknownFields } = options;
  const now = (): number => Date.now();
  const { requestTimeoutMs } = config;
  const scopes = createScopes(upstreamUrl.href, requestTimeoutMs, now, state.uuidStoreOf);
  const shared: Shared = {
    config,
    client,
    cache: state.cache,
    events: state.events,
    knowledge: createUpstreamKnowledge(config.upstream.multiIdFilter),
    hooks,
    unknownFields,
    now,
  };
  const create = (
    caller: Caller,
    wanted: Lifetime,
    request: RequestHeaders,
    customerChanges?: OperationContext['customerChanges'],
    observed?: ObservedRequest,
  ): OperationContext =>
    new Operation(shared, scopes.of(caller.serviceToken), wanted, caller, request, customerChanges, observed);
  return {
    ofRequest: (request, response, caller, observed) =>
      create(caller, lifetimeOf(response, requestTimeoutMs), request, undefined, observed),
    ofCaller: (caller, customerChanges) =>
      create(caller, new Lifetime(performance.now() + requestTimeoutMs), NO_HEADERS, customerChanges),
    backgroundOf: (caller) => createBackground(shared, caller, scopes.of(caller.serviceToken)),
    scopes,
  };
}
