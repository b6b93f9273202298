import type { IncomingMessage } from 'node:http';
import type { Authenticate } from './auth/caller.js';
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
import { createUpstream } from './upstream/create-upstream.js';
import type { HttpClient } from './upstream/http-client.js';

export interface ContextFactoryOptions {
  config: Config;
  http: HttpClient;
  upstreamUrl: URL;
  authenticate: Authenticate;
}

/** Wires what belongs to one operation: loaders, commands, budget and trace around the caller's scope. */
export function createContextFactory(
  options: ContextFactoryOptions,
): (request: IncomingMessage) => Promise<OperationContext> {
  const { config, http, upstreamUrl, authenticate } = options;
  const now = (): number => Date.now();
  const scopeOf = createScopes(upstreamUrl.href, now);
  const cache = createMemoryCache(config.cache.maxBytes, now);
  const knowledge = createUpstreamKnowledge(config.upstream.multiIdFilter);

  return async (request) => {
    const caller = await authenticate(request);
    const { serviceToken, customerIds } = caller;
    const scope = scopeOf(serviceToken);
    const { coalescer } = scope;
    const trace = new OperationTrace();
    const budget = createOperationBudget(config.maxUpstreamRequests);
    const freshness = new Freshness();

    const upstream = createUpstream(http, {
      serviceToken,
      coalescer,
      traceContext: readTraceContext(request.headersDistinct),
      beforeCall: () => budget.spend(1),
      afterCall: (call) => trace.called(call),
    });
    const background = createUpstream(http, {
      serviceToken,
      coalescer,
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
    const commands = createCommands(upstream, loaders);
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
