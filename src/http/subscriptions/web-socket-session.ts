import type { GraphQLFormattedError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { GatewayError } from '../../errors/gateway-error.js';
import type { SubscriptionRequest } from '../../operations/apollo/admit-subscription.js';
import type { Results, Subscribed } from './create-subscribe.js';
import { toClientMessage } from './to-client-message.js';
import { toShownError } from './to-shown-error.js';
import { createTurns } from './turns.js';

export interface SessionOptions {
  maxSubscriptions: number;
  /** For `connection_init` to arrive. */
  initTimeoutMs: number;
  /** Resolves with true if the connection is accepted, and with false if it has been closed. */
  accept(payload: Readonly<Record<string, unknown>> | undefined): Promise<boolean>;
  /** Starts a subscription. @throws GatewayError if it is rejected */
  start(request: SubscriptionRequest): Promise<Subscribed>;
  /** Notified of a subscription that is rejected before it starts. */
  onRejected(error: GatewayError): void;
  /** Resolves once the client has taken the message. */
  send(message: object): Promise<void>;
  close(code: number, reason: string): void;
  onInternalError(error: unknown): void;
}

/** One connection by the protocol graphql-transport-ws, from its first message to its end. */
export interface WebSocketSession {
  readonly isAccepted: boolean;
  /** Takes a parsed message of the client. */
  receive(message: unknown): void;
  /** Ends all subscriptions. */
  end(): void;
}

/** A subscription that the client takes for open. */
interface Live {
  isOpen: boolean;
  /** Of its operation, as text. */
  bytes: number;
  /** Undefined until it has started. */
  results: Results | undefined;
}

/** Operations of all open subscriptions of a connection, as text. */
const MAX_OPERATION_BYTES = 128 * 1024;
/** Subscriptions of a connection that start at once. Those that were completed meanwhile never start. */
const MAX_STARTS = 4;

const starts = createTurns(MAX_STARTS);

const limitExceeded = (limit: string, maximum: number, what: string): GatewayError =>
  new GatewayError('OPERATION_LIMIT_EXCEEDED', `This connection has ${what}.`, { extensions: { limit, maximum } });

export function createWebSocketSession(options: SessionOptions): WebSocketSession {
  const { maxSubscriptions, initTimeoutMs, accept, start, onRejected, send, close, onInternalError } = options;
  /** By their ids. Two that had the same id one after the other are different ones. */
  const open = new Map<string, Live>();
  let openBytes = 0;
  let state: 'new' | 'initialised' | 'accepted' | 'ended' = 'new';
  const initTimer = setTimeout(
    () => close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    initTimeoutMs,
  );

  function fail(error: unknown): void {
    // What was sent while the client went.
    if (state === 'ended') return;
    onInternalError(error);
    close(CloseCode.InternalServerError, 'Internal server error');
  }

  async function initialise(payload: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    clearTimeout(initTimer);
    state = 'initialised';
    const isAccepted = await accept(payload);
    if (!isAccepted || (state as string) === 'ended') return;
    state = 'accepted';
    await send({ type: 'connection_ack' });
  }

  function closeLive(id: string, live: Live): void {
    if (!live.isOpen) return;
    live.isOpen = false;
    open.delete(id);
    openBytes -= live.bytes;
  }

  const sendErrors = (id: string, payload: readonly GraphQLFormattedError[]): Promise<void> =>
    send({ id, type: 'error', payload });

  /** The results of a subscription; undefined if it was rejected, or if the client has completed it meanwhile. */
  async function begin(id: string, live: Live, request: SubscriptionRequest): Promise<Results | undefined> {
    const endTurn = await starts.take(open);
    let subscribed: Pick<Subscribed, 'results'> & { errors?: readonly GraphQLFormattedError[] };
    try {
      if (!live.isOpen) return undefined;
      subscribed = await start(request);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      onRejected(error);
      subscribed = { results: undefined, errors: [toShownError(error)] };
    } finally {
      endTurn();
    }
    const { results, errors = [] } = subscribed;
    if (!live.isOpen) {
      await results?.return?.();
      return undefined;
    }
    if (results) return results;
    closeLive(id, live);
    await sendErrors(id, errors);
    return undefined;
  }

  async function follow(id: string, live: Live, results: Results): Promise<void> {
    live.results = results;
    for await (const { result: payload } of results) {
      if (!live.isOpen) return;
      await send({ id, type: 'next', payload });
    }
    if (!live.isOpen) return;
    closeLive(id, live);
    await send({ id, type: 'complete' });
  }

  function limitErrorFor(bytes: number): GatewayError | undefined {
    if (open.size >= maxSubscriptions) {
      return limitExceeded('subscriptions', maxSubscriptions, `more than ${maxSubscriptions} subscriptions`);
    }
    if (openBytes + bytes > MAX_OPERATION_BYTES) {
      const what = `subscriptions of more than ${MAX_OPERATION_BYTES} bytes`;
      return limitExceeded('subscriptionBytes', MAX_OPERATION_BYTES, what);
    }
    return undefined;
  }

  function subscribe(id: string, request: SubscriptionRequest): Promise<void> {
    const bytes = JSON.stringify(request).length;
    const error = limitErrorFor(bytes);
    if (error) {
      onRejected(error);
      return sendErrors(id, [toShownError(error)]);
    }
    const live: Live = { isOpen: true, bytes, results: undefined };
    open.set(id, live);
    openBytes += bytes;
    // Not awaited here, if the request would stay in memory as long as the subscription.
    return begin(id, live, request).then((results) => results && follow(id, live, results));
  }

  function complete(id: string): void {
    const live = open.get(id);
    if (!live) return;
    closeLive(id, live);
    void live.results?.return?.();
  }

  async function receive(received: unknown): Promise<void> {
    const message = toClientMessage(received);
    switch (message?.type) {
      case 'connection_init':
        if (state === 'new') await initialise(message.payload);
        else close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
        return;
      case 'ping':
        await send({ type: 'pong', ...(message.payload && { payload: message.payload }) });
        return;
      case 'pong':
        return;
      case 'subscribe':
        if (state !== 'accepted') close(CloseCode.Unauthorized, 'Unauthorized');
        else if (open.has(message.id))
          close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${message.id} already exists`);
        else subscribe(message.id, message.request).catch(fail);
        return;
      case 'complete':
        complete(message.id);
        return;
      case undefined:
        close(CloseCode.BadRequest, 'Invalid message received');
    }
  }

  return {
    get isAccepted() {
      return state === 'accepted';
    },
    receive(message) {
      receive(message).catch(fail);
    },
    end() {
      clearTimeout(initTimer);
      state = 'ended';
      for (const id of [...open.keys()]) complete(id);
    },
  };
}
