import { createMcpHandler, McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { isRecord } from '../../json/parse-json.js';
import type { ObservedRequest } from '../../telemetry/request-observer.js';
import type { OperationRouteOptions, Route } from '../operation-route.js';
import { parseGraphqlBody } from '../graphql-route.js';
import { readBody } from '../request.js';
import { writeAnswer } from '../response.js';
import { createToolCall, type Exchange, type ToolCall, type ToolCallOptions } from './create-tool-call.js';
import {
  insufficientScope,
  MCP_PATH,
  metadataPathsOf,
  toMetadata,
  withResource,
  type ProtectedResource,
} from './protected-resource.js';
import type { Tools } from './tools.js';

export interface McpRouteOptions
  extends ToolCallOptions, Pick<OperationRouteOptions, 'callers' | 'observer' | 'maxBodyBytes' | 'cors' | 'load'> {
  /** Of the manifest as it is now. */
  tools: () => Tools;
  /** Undefined unless callers are known by bearer tokens. */
  resource: ProtectedResource | undefined;
  /** Of the gateway. */
  version: string;
}

/** Without news of changes, for which clients would hold streams open. */
const CAPABILITIES = { tools: { listChanged: false } } as const;
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * The protocol has servers check it: a page must be of an origin in CORS_ORIGINS, or be the gateway's own.
 * @throws GatewayError FORBIDDEN, 403
 */
function checkOrigin({ headers: { origin, host } }: IncomingMessage, response: ServerResponse): void {
  if (origin === undefined || response.hasHeader('access-control-allow-origin')) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new GatewayError('FORBIDDEN', 'Pages of this origin are not allowed; CORS_ORIGINS adds origins.', {
    httpStatus: 403,
  });
}

/** A message of JSON-RPC, which the library checks. @throws GatewayError BAD_REQUEST, 400 on several in one request */
async function readMessage(request: IncomingMessage, maxBodyBytes: number): Promise<unknown> {
  const message = parseGraphqlBody(request.headers['content-type'], await readBody(request, maxBodyBytes));
  if (!Array.isArray(message)) return message;
  throw new GatewayError('BAD_REQUEST', 'Send one message with each request.', { httpStatus: 400 });
}

/** For the library: the headers that the protocol needs, without a credential. */
function toWebRequest({ headers }: IncomingMessage): Request {
  const needed = Object.entries(headers).filter(([name]) => /^(?:accept|content-type|mcp-.*)$/.test(name));
  const pairs = needed.map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(`http://localhost${MCP_PATH}`, { method: 'POST', headers: pairs });
}

/** A stream of one message is sent as the message alone: it is complete, and programs without a reader of streams can take it. */
function toJsonBody(text: string, type: string | null): { text: string; contentType: string } {
  const [, message] = (type?.startsWith('text/event-stream') && /^event: message\ndata: (.*)\n\n$/.exec(text)) || [];
  return message === undefined ? { text, contentType: type ?? JSON_TYPE } : { text: message, contentType: JSON_TYPE };
}

class McpRoute {
  private readonly callTool: ReturnType<typeof createToolCall>;

  constructor(private readonly options: McpRouteOptions) {
    this.callTool = createToolCall(options);
  }

  async respond(request: IncomingMessage, response: ServerResponse, observed: ObservedRequest): Promise<void> {
    const { load, maxBodyBytes } = this.options;
    load.refuseIfOverloaded();
    checkOrigin(request, response);
    if (request.method !== 'POST')
      throw new GatewayError('BAD_REQUEST', 'Messages are sent by POST.', { httpStatus: 405, allow: 'POST' });
    const tools = this.options.tools();
    const caller = await this.admit(request, observed, tools);
    load.refuseIfQueueFull(caller);
    const message = await readMessage(request, maxBodyBytes);
    this.checkScopes(message, caller, tools);
    load.begin();
    try {
      await this.answer(message, { request, response, caller, observed }, tools);
    } finally {
      load.end();
    }
  }

  /** @throws GatewayError UNAUTHENTICATED to anonymous callers for every message: clients then get themselves a token */
  private async admit(request: IncomingMessage, observed: ObservedRequest, { scopes }: Tools): Promise<Caller> {
    const { callers, resource } = this.options;
    try {
      const caller = await callers.admit(request, observed);
      if (caller.serviceToken !== undefined) return caller;
      const { signIn, challenge } = caller;
      throw new GatewayError('UNAUTHENTICATED', signIn, { httpStatus: 401, challenge });
    } catch (error) {
      throw resource ? withResource(error, resource, scopes) : error;
    }
  }

  /** Before a tool is run: a mutation without the scope for its result is performed, and would be sent again with it. */
  private checkScopes(message: unknown, { scopes: granted }: Caller, tools: Tools): void {
    const { resource } = this.options;
    if (!resource || !granted || !isRecord(message) || message['method'] !== 'tools/call') return;
    const { params } = message;
    const { scopes = [] } = tools.find(isRecord(params) ? params['name'] : undefined) ?? {};
    if (!scopes.every((scope) => granted.has(scope))) throw insufficientScope(resource, scopes);
  }

  /** Has the library answer a message, in the revision of the protocol in which it was sent. */
  private async answer(message: unknown, exchange: Exchange, tools: Tools): Promise<void> {
    const { version, observer } = this.options;
    const { request, response, observed } = exchange;
    let call: Promise<ToolCall> | undefined;
    const handler = createMcpHandler(() => {
      const mcp = new McpServer({ name: 'dracoon-graphql-gateway', version }, { capabilities: CAPABILITIES });
      // Its own registry of tools would compile a validator for each of them with every request; GraphQL validates.
      const { server } = mcp;
      server.setRequestHandler('tools/list', () => ({ tools: tools.all.map(({ shown }) => shown) }));
      server.setRequestHandler('tools/call', async ({ params }) => {
        const tool = tools.find(params.name);
        if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
        call = this.callTool(tool, params.arguments ?? {}, exchange);
        return (await call).result;
      });
      return mcp;
    });
    const answer = await handler.fetch(toWebRequest(request), { parsedBody: message });
    const { text, contentType } = toJsonBody(await answer.text(), answer.headers.get('content-type'));
    // What is no GatewayError is thrown on, because the library would show its message.
    const run = (await call)?.run;
    const { status } = answer;
    const headers = ['cache-control', 'no-store', 'content-type', contentType];
    const httpStatus = response.destroyed ? undefined : status;
    writeAnswer(response, { status, headers, text, encoding: 'utf8' }, observed.requestId);
    if (!run) return;
    const { credential, trace } = run.context;
    const { hasJoined } = trace;
    const isProven = credential.hasSucceeded;
    observer.answered(observed, { httpStatus, trace: run.answer.trace, hasJoined, isProven });
  }
}

/**
 * Serves the Model Context Protocol without sessions, in the revision of 2026-07-28 and the ones before, and the metadata for its
 * tokens. By path.
 */
export function createMcpRoutes(options: McpRouteOptions): ReadonlyMap<string, Route> {
  const { observer, cors, resource } = options;
  const mcp = new McpRoute(options);

  const route: Route = async (request, response) => {
    if (cors(request, response)) return;
    const observed = observer.begin(request);
    try {
      await mcp.respond(request, response, observed);
    } catch (error) {
      if (!response.headersSent) response.setHeader('x-request-id', observed.requestId);
      observer.refused(observed, error);
      throw error;
    }
  };

  const sendMetadata =
    (of: ProtectedResource): Route =>
    async (request, response) => {
      if (cors(request, response)) return;
      const text = JSON.stringify(toMetadata(of, options.tools().scopes));
      const headers = ['cache-control', 'no-cache', 'content-type', JSON_TYPE];
      writeAnswer(response, { status: 200, headers, text, encoding: 'utf8' });
    };

  const metadata = resource ? metadataPathsOf(resource).map((path) => [path, sendMetadata(resource)] as const) : [];
  return new Map([[MCP_PATH, route], ...metadata]);
}
