import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../auth/caller.js';
import type { Config } from '../config.js';
import type { McpConfig } from '../config/mcp-settings.js';
import { toCallerKey } from '../http/subscriptions/to-caller-key.js';
import type { McpRouteOptions } from '../http/mcp/create-mcp-route.js';
import type { Tools } from '../http/mcp/tools.js';
import type { Route } from '../http/operation-route.js';
import { type CallerBudgets, createCallerBudgets } from '../loaders/operation-budget.js';
import type { ManifestOperations } from '../operations/trusted-documents/manifest-operations.js';
import type { TrustedDocuments } from '../operations/trusted-documents/create-trusted-documents.js';
import type { Logger } from '../telemetry/logger.js';
import type { Operations } from './operation.js';
import { ownVersion } from './own-version.js';

export interface McpOptions extends Pick<
  McpRouteOptions,
  'compiled' | 'executeInFull' | 'callers' | 'observer' | 'maxBodyBytes' | 'cors' | 'load'
> {
  config: Config;
  schema: GraphQLSchema;
  documents: Pick<TrustedDocuments, 'operations'>;
  operations: Pick<Operations, 'ofRequest'>;
  logger: Logger;
}

/** What the tools of one caller may cost, apart from all else that the caller does. */
function createBudgets({ requestsPerMinute, writesPerMinute }: McpConfig): (caller: Caller) => CallerBudgets {
  const now = (): number => performance.now();
  const requestsOf = createCallerBudgets(
    {
      limit: 'toolUpstreamRequests',
      perMinute: requestsPerMinute,
      message: `Tools may cost ${requestsPerMinute} upstream requests a minute.`,
    },
    now,
  );
  const writesOf = createCallerBudgets(
    {
      limit: 'toolWrites',
      perMinute: writesPerMinute,
      message: `Of the upstream requests of tools, ${writesPerMinute} a minute may be writes.`,
    },
    now,
  );
  return (caller) => {
    const key = toCallerKey(caller);
    return { requests: requestsOf(key), writes: writesOf(key) };
  };
}

/** Serves tools to agents if they are configured; only then is the library loaded. By path. */
export async function serveMcp(options: McpOptions): Promise<ReadonlyMap<string, Route>> {
  const { config, documents, operations, logger, ...front } = options;
  if (!config.mcp) return new Map();
  const [{ createMcpRoutes }, { toTools }] = await Promise.all([
    import('../http/mcp/create-mcp-route.js'),
    import('../http/mcp/tools.js'),
  ]);
  const { tools: names, resource, maxResultBytes } = config.mcp;
  const budgetsOf = createBudgets(config.mcp);
  const known = new WeakMap<ManifestOperations, Tools>();
  const onUnknown = (unknown: string[]): void =>
    logger.warn({ names: unknown }, 'MCP_TOOLS names operations that the manifest lacks');

  function tools(): Tools {
    const all = documents.operations();
    const found = known.get(all) ?? toTools(all, { names, schema: front.schema, onUnknown });
    known.set(all, found);
    return found;
  }

  // At the start, for the log.
  tools();
  return createMcpRoutes({
    ...front,
    createContext: (request, response, caller, observed) =>
      operations.ofRequest(request, response, caller, observed, budgetsOf(caller)),
    tools,
    resource,
    maxResultBytes,
    version: ownVersion(),
  });
}
