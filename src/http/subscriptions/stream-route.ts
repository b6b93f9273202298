import { writeAnswer } from '../response.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { chooseMediaType } from '../choose-media-type.js';
import type { OperationRouteOptions, Route } from '../operation-route.js';
import type { ObservedRequest } from '../../telemetry/request-observer.js';
import { parseGraphqlBody } from '../graphql-route.js';
import { readBody } from '../request.js';
import type { SubscriptionRequest } from '../../operations/apollo/admit-subscription.js';
import type { ServeStream } from './serve-stream.js';
import { EVENT_STREAM } from './stream-form.js';
import { toSubscriptionRequest } from './to-subscription-request.js';

export interface StreamRouteOptions extends Pick<OperationRouteOptions, 'callers' | 'cors' | 'load' | 'observer'> {
  serveStream: ServeStream;
  maxMessageBytes: number;
}

/** Subscriptions as server-sent events by POST. Refusals have a status, unlike those of an event stream at /graphql. */
export function createStreamRoute(options: StreamRouteOptions): Route {
  const { callers, cors, load, maxMessageBytes, serveStream, observer } = options;

  /** Who asks for what. @throws GatewayError if the request is turned away */
  async function identify(
    request: IncomingMessage,
    response: ServerResponse,
    observed: ObservedRequest,
  ): Promise<{ caller: Caller; body: SubscriptionRequest }> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST, OPTIONS');
      throw new GatewayError('BAD_REQUEST', 'Subscriptions are sent by POST.', { httpStatus: 405 });
    }
    chooseMediaType(request.headers.accept, [EVENT_STREAM.mediaType]);
    load.refuseIfOverloaded();
    const caller = await callers.admit(request, observed);
    const body = parseGraphqlBody(request.headers['content-type'], await readBody(request, maxMessageBytes));
    return { caller, body: toSubscriptionRequest(body) };
  }

  return async (request, response) => {
    if (cors(request, response)) return;
    const observed = observer.begin(request);
    response.setHeader('x-request-id', observed.requestId);
    const identified = await identify(request, response, observed).catch((error: unknown) => {
      observer.refused(observed, error);
      throw error;
    });
    const refusal = await serveStream({ ...identified, request, response, observed, form: EVENT_STREAM });
    if (refusal) writeAnswer(response, refusal);
  };
}
