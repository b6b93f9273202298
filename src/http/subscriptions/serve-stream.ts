import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import type { HttpAnswer } from '../../operations/http-answer.js';
import type { SubscriptionRequest } from '../../operations/apollo/admit-subscription.js';
import type { ObservedRequest, RequestObserver } from '../../telemetry/request-observer.js';
import { toNetwork } from '../rate-limit/to-network.js';
import { tooLarge } from '../request.js';
import type { AdmitCaller } from './admit-caller.js';
import type { Connections } from './connections.js';
import type { Subscribe, Subscribed } from './create-subscribe.js';
import { StreamConnection } from './stream-connection.js';
import type { StreamForm } from './stream-form.js';
import { toShownError } from './to-shown-error.js';

export interface ServeStreamOptions {
  subscribe: Subscribe;
  admitCaller: AdmitCaller;
  connections: Connections;
  observer: Pick<RequestObserver, 'refused'>;
  /** Of a request: it is kept as long as its stream. */
  maxMessageBytes: number;
  /** Between signs of life, which also tell that a client has gone. */
  heartbeatMs: number;
}

/** A request for a subscription as a stream. */
export interface StreamRequest {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Caller;
  observed: ObservedRequest;
  body: SubscriptionRequest;
  form: StreamForm;
}

/**
 * Streams a subscription until it ends, and reports to the observer. Resolves with the answer to send if the subscription is
 * refused. @throws GatewayError if the caller is turned away
 */
export type ServeStream = (asked: StreamRequest) => Promise<Omit<HttpAnswer, 'trace'> | undefined>;

type Refusal = Pick<Extract<Subscribed, { results: undefined }>, 'errors' | 'httpStatus'>;

const toAnswer = ({ errors, httpStatus }: Refusal, { challenge }: Caller): Omit<HttpAnswer, 'trace'> => ({
  status: httpStatus,
  headers: [
    ...['content-type', 'application/json; charset=utf-8', 'cache-control', 'no-store'],
    ...(httpStatus === 401 ? ['www-authenticate', challenge] : []),
  ],
  text: JSON.stringify({ errors }),
  encoding: 'utf8',
});

/** One subscription for each request, on a connection of its own. */
export function createServeStream(options: ServeStreamOptions): ServeStream {
  const { subscribe, heartbeatMs, admitCaller, connections, observer, maxMessageBytes } = options;

  /** Ends as soon as the response is closed. @throws GatewayError if the caller is turned away */
  async function admit(
    { request, response, caller, body }: StreamRequest,
    connection: StreamConnection,
  ): Promise<void> {
    if (JSON.stringify(body).length > maxMessageBytes) throw tooLarge(maxMessageBytes);
    const address = toNetwork(request.socket.remoteAddress ?? '');
    const place = connections.wait(address, connection);
    response.once('close', () => place.leave());
    const leave = await admitCaller(caller, { connection, place, address });
    if (response.destroyed) leave();
    else response.once('close', leave);
  }

  return async (asked) => {
    const { request, response, caller, body, observed, form } = asked;
    const connection = new StreamConnection(response, form, (bytes) => connections.written(bytes));
    try {
      await admit(asked, connection);
    } catch (error) {
      observer.refused(observed, error);
      if (!(error instanceof GatewayError) || error.code !== 'UNAUTHENTICATED') throw error;
      return toAnswer({ errors: [toShownError(error)], httpStatus: 401 }, caller);
    }
    const subscribed = await subscribe(body, caller, observed, {
      connection,
      lastEventId: request.headers['last-event-id']?.toString(),
      onOverflow: () => connection.cut(),
    });
    if (!subscribed.results) return toAnswer(subscribed, caller);
    if (response.destroyed) void subscribed.results.return?.();
    else await connection.send(subscribed.results, heartbeatMs);
    return undefined;
  };
}
