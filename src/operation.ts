import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from './auth/caller.js';
import { Freshness } from './cache/freshness.js';
import { createMemoryCache } from './cache/memory-cache.js';
import { createOperationCache } from './cache/operation-cache.js';
import { createCommands } from './commands/create-commands.js';
import { restrictCommands } from './commands/restrict-commands.js';
import type { Config } from './config.js';
import { createScopes } from './loaders/caller-scope.js';
import { createLoaders } from './loaders/create-loaders.js';
import { createOperationBudget } from './loaders/operation-budget.js';
import { restrictLoaders } from './loaders/restrict-loaders.js';
import { createUpstreamKnowledge } from './loaders/upstream-knowledge.js';
import { mayExplain } from './server/may-explain.js';
import type { OperationContext } from './server/operation-context.js';
import { OperationTrace } from './telemetry/operation-trace.js';
import { readTraceContext } from './telemetry/trace-context.js';
import type { SettledCall } from './upstream/bound-client.js';
import { createUpstream } from './upstream/create-upstream.js';
import { CancellableLifetime, uncancelled, type Lifetime } from './upstream/resilience/lifetime.js';
import type { ResilientClient } from './upstream/resilience/resilient-client.js';

export interface ContextFactoryOptions {
  config: Config;
  client: ResilientClient;
  upstreamUrl: URL;
}

/** Until the deadline, or until the client has gone before it was answered. */
function lifetimeOf(response: ServerResponse, timeoutMs: number): Lifetime {
  const lifetime = new CancellableLifetime(performance.now() + timeoutMs);
  response.once('close', () => {
    if (!response.writableFinished) lifetime.cancel();
  });
  return lifetime;
}

/** Wires what belongs to one operation: loaders, commands, budget and trace around the caller's scope. */
export function createContextFactory(
  options: ContextFactoryOptions,
): (request: IncomingMessage, response: ServerResponse, caller: Caller) => OperationContext {
  const { config, client, upstreamUrl } = options;
  const { requestTimeoutMs } = config;
  const now = (): number => Date.now();
  const scopeOf = createScopes(upstreamUrl.href, requestTimeoutMs, now);
  const cache = createMemoryCache(config.cache.maxBytes, now);
  const knowledge = createUpstreamKnowledge(config.upstream.multiIdFilter);

  return (request, response, caller) => {
    const lifetime = lifetimeOf(response, requestTimeoutMs);
    const { serviceToken, customerIds } = caller;
    const scope = scopeOf(serviceToken);
    const { coalescer, pace } = scope;
    const trace = new OperationTrace();
    const budget = createOperationBudget(config.maxUpstreamRequests);
    const freshness = new Freshness();

    const binding = {
      serviceToken,
      coalescer,
      pace,
      isBackground: false,
      traceContext: readTraceContext(request.headersDistinct),
      beforeCall: () => budget.spend(1),
      afterCall: (call: SettledCall) => trace.called(call),
    };
    const upstream = createUpstream(client, { ...binding, lifetime });
    // A write that has been started is finished, and so is what it reads, whether or not the client still listens.
    const upstreamOfCommands = createUpstream(client, { ...binding, lifetime: uncancelled(lifetime.deadlineAt) });
    const background = createUpstream(client, {
      serviceToken,
      coalescer,
      pace,
      lifetime: uncancelled(performance.now() + 2 * requestTimeoutMs),
      isBackground: true,
      traceContext: {},
      beforeCall: () => undefined,
      afterCall: () => undefined,
    });
    const loaders = createLoaders({
      upstream,
      background,
      cache: createOperationCache({
        cache,
        policies: config.cache.policies,
        scope,
        freshness,
        onHit: () => (trace.cacheHits += 1),
        now,
      }),
      scope,
      knowledge,
      budget,
      trace,
      concurrency: config.upstream.maxConnections,
    });
    const commands = createCommands(upstreamOfCommands, loaders);
    return {
      caller,
      scopes: caller.scopes,
      loaders: customerIds ? restrictLoaders(loaders, customerIds) : loaders,
      commands: customerIds ? restrictCommands(commands, customerIds) : commands,
      freshness,
      trace,
      budget,
      explains: mayExplain(request, config.explain),
    };
  };
}
