import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import type { GraphqlRouteOptions, Route } from '../graphql-route.js';
import { isRecord } from '../is-record.js';
import { NO_SNIFF } from '../no-sniff.js';
import { parseGraphqlBody } from '../parse-graphql-body.js';
import { readBody } from '../read-body.js';
import { atExpiry } from './at-expiry.js';
import type { Connections } from './connections.js';
import type { Results, Subscribe } from './create-subscribe.js';

export interface StreamRouteOptions extends Pick<
  GraphqlRouteOptions,
  'authenticate' | 'cors' | 'load' | 'refuseTooMany' | 'maxBodyBytes' | 'observer'
> {
  subscribe: Subscribe;
  connections: Connections;
  /** Between signs of life, which also tell that a client has gone. */
  heartbeatMs: number;
}

/** A comment of the protocol. */
const SIGN_OF_LIFE = ':\n\n';
const HEAD = { ...NO_SNIFF, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.write(text) || response.destroyed) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

async function send(response: ServerResponse, results: Results): Promise<void> {
  for await (const result of results) await write(response, `event: next\ndata: ${JSON.stringify(result)}\n\n`);
  if (!response.destroyed) response.end('event: complete\ndata:\n\n');
}

/** One subscription for each request, as server-sent events: the distinct connections mode of graphql-sse. */
export function createStreamRoute(options: StreamRouteOptions): Route {
  const { authenticate, cors, load, refuseTooMany, maxBodyBytes, subscribe, connections, heartbeatMs } = options;
  const { observer } = options;

  /** Who asks for what. @throws GatewayError where the request is turned away */
  async function admit(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<{ caller: Caller; body: Readonly<Record<string, unknown>> }> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST, OPTIONS');
      throw new GatewayError('BAD_REQUEST', 'Subscriptions are sent by POST.', { httpStatus: 405 });
    }
    connections.refuseIfFull();
    load.refuseIfOverloaded();
    if (refuseTooMany) await refuseTooMany(request);
    const caller = await authenticate(request);
    const body = parseGraphqlBody(request.headers['content-type'], await readBody(request, maxBodyBytes));
    if (!isRecord(body)) throw new GatewayError('BAD_REQUEST', 'The body must be an object.', { httpStatus: 400 });
    return { caller, body };
  }

  return async (request, response) => {
    if (cors(request, response)) return;
    const observed = observer.begin(request);
    response.setHeader('x-request-id', observed.requestId);
    const { caller, body } = await admit(request, response).catch((error: unknown) => {
      observer.refused(observed, error);
      throw error;
    });

    // Nothing gets through to a client who does not read, so the connection is cut.
    const subscribed = await subscribe(body, caller, observed, () => response.destroy());
    if (!subscribed.results) {
      const text = JSON.stringify({ errors: subscribed.errors });
      const head = {
        ...NO_SNIFF,
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        ...(subscribed.httpStatus === 401 && { 'www-authenticate': caller.challenge }),
      };
      response.writeHead(subscribed.httpStatus, head).end(text);
      return;
    }
    const { results } = subscribed;
    const end = (): void => void results.return?.();
    if (response.destroyed) {
      end();
      return;
    }
    const remove = connections.add({ goAway: end });
    const callOff = atExpiry(caller, end);
    const heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) response.write(SIGN_OF_LIFE);
    }, heartbeatMs);
    response.on('close', () => {
      remove();
      callOff();
      clearInterval(heartbeat);
      end();
    });
    response.writeHead(200, HEAD);
    // At once, and with a body: proxies hold headers back until there is some of it.
    response.write(SIGN_OF_LIFE);
    await send(response, results);
  };
}
