import type { IncomingMessage } from 'node:http';
import { authenticate } from './auth/authenticate.js';
import { Freshness } from './cache/freshness.js';
import { createMemoryCache } from './cache/memory-cache.js';
import { createOperationCache } from './cache/operation-cache.js';
import { createCommands } from './commands/create-commands.js';
import type { Config } from './config.js';
import { createScopes } from './loaders/caller-scope.js';
import { createLoaders } from './loaders/create-loaders.js';
import { createOperationBudget } from './loaders/operation-budget.js';
import { createUpstreamKnowledge } from './loaders/upstream-knowledge.js';
import { mayExplain } from './server/may-explain.js';
import type { OperationContext } from './server/operation-context.js';
import { OperationTrace } from './telemetry/operation-trace.js';
import { createUpstream } from './upstream/create-upstream.js';
import type { HttpClient } from './upstream/http-client.js';

export interface ContextFactoryOptions {
  config: Config;
  http: HttpClient;
  upstreamUrl: URL;
  /** The credential of callers who bring none; undefined where every caller must. */
  defaultToken: string | undefined;
}

/** Wires what belongs to one operation: loaders, commands, budget and trace around the caller's scope. */
export function createContextFactory(options: ContextFactoryOptions): (request: IncomingMessage) => OperationContext {
  const { config, http, upstreamUrl, defaultToken } = options;
  const now = (): number => Date.now();
  const scopeOf = createScopes(upstreamUrl.href, now);
  const cache = createMemoryCache(config.cache.maxBytes, now);
  const knowledge = createUpstreamKnowledge(config.upstream.multiIdFilter);

  return (request) => {
    const caller = authenticate(request, defaultToken);
    const { serviceToken } = caller;
    const scope = scopeOf(serviceToken);
    const { coalescer } = scope;
    const trace = new OperationTrace();
    const budget = createOperationBudget(config.maxUpstreamRequests);
    const freshness = new Freshness();

    const upstream = createUpstream(http, {
      serviceToken,
      coalescer,
      beforeCall: () => budget.spend(1),
      afterCall: (call) => trace.called(call),
    });
    const background = createUpstream(http, {
      serviceToken,
      coalescer,
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
    return {
      caller,
      loaders,
      commands: createCommands(upstream, loaders),
      freshness,
      trace,
      budget,
      explains: mayExplain(request, config.explain),
    };
  };
}
