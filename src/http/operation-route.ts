import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../auth/caller.js';
import { parametersOf, toBody } from '../operations/apollo/search-parameters.js';
import type { Executors } from '../operations/execute-operation.js';
import type { HttpQuestion } from '../operations/http-answer.js';
import type { OperationContext, WaitingClient } from '../operations/operation-context.js';
import type { ObservedRequest, RequestObserver } from '../telemetry/request-observer.js';
import { createSendFile, type FileRequest } from './api/send-file.js';
import type { ResponseForms } from './choose-media-type.js';
import type { LoadShedder } from './load-shedding.js';
import type { CallerAdmission } from './rate-limit/create-caller-admission.js';
import { readBody } from './request.js';
import { writeAnswer, type WritableAnswer } from './response.js';
import type { ServeStream } from './subscriptions/serve-stream.js';
import type { StreamForm } from './subscriptions/stream-form.js';
import { toStreamed, toStreamedRefusal } from './subscriptions/to-streamed.js';
import { toSubscriptionRequest } from './subscriptions/to-subscription-request.js';

/** How requests for operations look at one path. Everything else is the same at every path. */
export interface OperationProtocol {
  /** @throws GatewayError 406 if the client takes nothing that is served here */
  formsOf(accept: string | undefined): ResponseForms;
  /** The GraphQL request that stands for it; `bytes` is the body of a POST. @throws GatewayError if it is not one */
  toQuestion(request: IncomingMessage, bytes: Buffer | undefined, mediaType: string): HttpQuestion;
  /** The file that it asks for in place of one answer; undefined if it asks for none. @throws GatewayError if it can be none */
  toFile?(request: IncomingMessage, mediaType: string): FileRequest | undefined;
}

export interface OperationRouteOptions extends Executors {
  callers: CallerAdmission;
  /** Makes the context of one operation; its time starts to run. */
  createContext: (
    request: IncomingMessage,
    client: WaitingClient,
    caller: Caller,
    observed: ObservedRequest,
  ) => OperationContext;
  /** For all pages of a file. */
  fileUpstreamRequests: number;
  observer: RequestObserver;
  maxBodyBytes: number;
  /** Answers preflights, then returning true, and says who may read the answers. */
  cors: (request: IncomingMessage, response: ServerResponse) => boolean;
  load: LoadShedder;
  /** Compresses an answer by `Accept-Encoding`; undefined if it goes as it is. */
  compress: (answer: WritableAnswer, acceptEncoding: string | undefined) => Promise<WritableAnswer> | undefined;
  /** For requests by GET and HEAD; undefined if callers need a credential. @throws GatewayError BAD_REQUEST if a page of another site could have sent the request */
  requirePreflight: ((request: IncomingMessage) => void) | undefined;
  serveStream: ServeStream;
}

/** An operation that turned out to be a subscription, of a client that takes a stream. */
interface StreamWish {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Caller;
  observed: ObservedRequest;
  body: unknown;
  form: StreamForm;
  /** Whether refusals go into a stream, too. */
  isStreamed: boolean;
}

/** Answers at once, or by the promise it returns. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;

/**
 * Serves operations that are asked for as `protocol` has it. What kind of operation it is turns out by executing it. A subscription is
 * rejected, and streamed if the client takes streams.
 */
export function createOperationRoute(options: OperationRouteOptions, protocol: OperationProtocol): Route {
  const route = new OperationRoute(options, protocol);
  return (request, response) => route.serve(request, response);
}

class OperationRoute {
  private readonly sendFile: ReturnType<typeof createSendFile>;

  constructor(
    private readonly options: OperationRouteOptions,
    private readonly protocol: OperationProtocol,
  ) {
    this.sendFile = createSendFile(options);
  }

  /** One async function, which waits only for what is not there yet: each layer of promises costs every request. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { options, protocol } = this;
    const { load, observer } = options;
    if (options.cors(request, response)) return;
    const observed = observer.begin(request);
    let wish: StreamWish | undefined;
    let forms: ResponseForms | undefined;
    try {
      load.refuseIfOverloaded();
      if (request.method === 'GET' || request.method === 'HEAD') options.requirePreflight?.(request);
      forms = protocol.formsOf(request.headers.accept);
      const { mediaType, stream, isStreamed, toAnswer } = forms;
      const admitted = options.callers.admit(request, observed);
      const caller = admitted instanceof Promise ? await admitted : admitted;
      load.refuseIfQueueFull(caller);
      const bytes = request.method === 'POST' ? await readBody(request, options.maxBodyBytes) : undefined;
      const file = protocol.toFile?.(request, mediaType);
      if (file) {
        await this.sendFile({ ...file, request, response, caller, observed });
        return;
      }
      const question = protocol.toQuestion(request, bytes, mediaType);
      load.begin();
      try {
        const context = options.createContext(request, response, caller, observed);
        const compiled = await options.compiled?.answer(question, context);
        const executed = compiled ?? (await options.executeInFull(question, context));
        const answer = toAnswer ? toAnswer(executed) : executed;
        const { credential, trace } = context;
        if (stream && trace.operation?.type === 'subscription') {
          wish = { request, response, caller, observed, body: question.body, form: stream, isStreamed };
        } else {
          const whole = stream && isStreamed ? toStreamed(answer, stream) : answer;
          const compressing = isStreamed ? undefined : options.compress(whole, request.headers['accept-encoding']);
          const written = compressing ? await compressing : whole;
          const httpStatus = response.destroyed ? undefined : answer.status;
          writeAnswer(response, written, observed.requestId);
          const isProven = credential.hasSucceeded;
          observer.answered(observed, { httpStatus, trace: answer.trace, hasJoined: trace.hasJoined, isProven });
        }
      } finally {
        load.end();
      }
    } catch (error) {
      this.refuse(error, observed, response, forms);
    }
    if (wish) await this.answerByStream(wish);
  }

  /** @throws the error, if its answer is not one of this route's forms or if one has begun already */
  private refuse(
    error: unknown,
    observed: ObservedRequest,
    response: ServerResponse,
    forms: ResponseForms | undefined,
  ): void {
    if (!response.headersSent) response.setHeader('x-request-id', observed.requestId);
    this.options.observer.refused(observed, error);
    const refusal = toStreamedRefusal(error, forms);
    if (!refusal || response.headersSent) throw error;
    writeAnswer(response, refusal);
  }

  private async answerByStream(wish: StreamWish): Promise<void> {
    const { request, response, caller, observed, body, form, isStreamed } = wish;
    response.setHeader('x-request-id', observed.requestId);
    const subscription = toSubscriptionRequest(body ?? toBody(parametersOf(request.url ?? '')));
    const refusal = await this.options.serveStream({ request, response, caller, observed, body: subscription, form });
    if (refusal) writeAnswer(response, isStreamed ? toStreamed(refusal, form) : refusal);
  }
}
