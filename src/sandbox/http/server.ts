import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPlan } from '../faults.js';
import type { RequestRecorder } from '../request-log.js';
import type { Dispatcher } from './dispatcher.js';
import type { RouteMatch, Router } from './router.js';
import { answerRequest } from './send.js';

const BASE_PATH = '/api';
const KEEP_ALIVE_MS = 60_000;

export interface ServerParts {
  readonly route: Router;
  readonly dispatch: Dispatcher;
  readonly log: RequestRecorder;
  readonly faults: FaultPlan;
}

/** The HTTP server: each request is read, routed, logged, struck by a fault if one is planned, performed and answered. */
export function createSandboxServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    serve(request, response, parts).catch((error: unknown) => {
      // Reached by a fault's transform that throws: the test that planned it should see why.
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  // Longer than clients keep idle connections, so that none is closed just as a client reuses it.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const startedAt = Date.now();
  const { method = '', url = '', headers } = request;
  const [fullPath, search] = splitOnce(url, '?');
  const path = fullPath.startsWith(`${BASE_PATH}/`) ? fullPath.slice(BASE_PATH.length) : undefined;
  const match: RouteMatch = path === undefined ? { kind: 'unknown-path' } : parts.route(method, path);
  const token = headers['x-sds-service-token']?.toString();
  const body = await readText(request);
  // The client went away before it had sent its request.
  if (body === undefined) return;

  const recorded = parts.log.begin({
    operationId: match.kind === 'route' ? match.route.operationId : null,
    method,
    path: path ?? fullPath,
    query: Object.fromEntries(new URLSearchParams(search)),
    url,
    headers,
    body,
    token,
    startedAt,
  });
  const end = (): void => {
    recorded.finished(response.headersSent ? response.statusCode : null);
  };
  response.once('finish', end);
  response.once('close', end);

  const { latencyMs, until, action } = parts.faults.strike(recorded.request);
  if (latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
  await Promise.all(until);
  await answerRequest(response, () => parts.dispatch({ match, headers, search, body, token }), action);
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const isEmpty = request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined;
  if (isEmpty) return '';
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined;
  }
}
