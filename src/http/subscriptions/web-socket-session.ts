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
  return new Session(options);
}

class Session implements WebSocketSession {
  /** By their ids. Two that had the same id one after the other are different ones. */
  private readonly open = new Map<string, Live>();
  private openBytes = 0;
  private state: 'new' | 'initialised' | 'accepted' | 'ended' = 'new';
  private readonly initTimer: NodeJS.Timeout;

  constructor(private readonly options: SessionOptions) {
    this.initTimer = setTimeout(
      () => options.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
      options.initTimeoutMs,
    );
  }

  get isAccepted(): boolean {
    return this.state === 'accepted';
  }

  receive(message: unknown): void {
    this.handle(message).catch((error: unknown) => this.fail(error));
  }

  end(): void {
    clearTimeout(this.initTimer);
    this.state = 'ended';
    for (const id of [...this.open.keys()]) this.complete(id);
  }

  private async handle(received: unknown): Promise<void> {
    const { close, send } = this.options;
    const message = toClientMessage(received);
    switch (message?.type) {
      case 'connection_init':
        if (this.state === 'new') await this.initialise(message.payload);
        else close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
        return;
      case 'ping':
        await send({ type: 'pong', ...(message.payload && { payload: message.payload }) });
        return;
      case 'pong':
        return;
      case 'subscribe':
        if (this.state !== 'accepted') close(CloseCode.Unauthorized, 'Unauthorized');
        else if (this.open.has(message.id))
          close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${message.id} already exists`);
        else this.subscribe(message.id, message.request).catch((error: unknown) => this.fail(error));
        return;
      case 'complete':
        this.complete(message.id);
        return;
      case undefined:
        close(CloseCode.BadRequest, 'Invalid message received');
    }
  }

  private async initialise(payload: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    clearTimeout(this.initTimer);
    this.state = 'initialised';
    const isAccepted = await this.options.accept(payload);
    if (!isAccepted || (this.state as string) === 'ended') return;
    this.state = 'accepted';
    await this.options.send({ type: 'connection_ack' });
  }

  private subscribe(id: string, request: SubscriptionRequest): Promise<void> {
    const bytes = JSON.stringify(request).length;
    const error = this.limitErrorFor(bytes);
    if (error) {
      this.options.onRejected(error);
      return this.sendErrors(id, [toShownError(error)]);
    }
    const live: Live = { isOpen: true, bytes, results: undefined };
    this.open.set(id, live);
    this.openBytes += bytes;
    // Not awaited here, if the request would stay in memory as long as the subscription.
    return this.begin(id, live, request).then((results) => results && this.follow(id, live, results));
  }

  private limitErrorFor(bytes: number): GatewayError | undefined {
    const { maxSubscriptions } = this.options;
    if (this.open.size >= maxSubscriptions) {
      return limitExceeded('subscriptions', maxSubscriptions, `more than ${maxSubscriptions} subscriptions`);
    }
    if (this.openBytes + bytes > MAX_OPERATION_BYTES) {
      const what = `subscriptions of more than ${MAX_OPERATION_BYTES} bytes`;
      return limitExceeded('subscriptionBytes', MAX_OPERATION_BYTES, what);
    }
    return undefined;
  }

  /** The results of a subscription; undefined if it was rejected, or if the client has completed it meanwhile. */
  private async begin(id: string, live: Live, request: SubscriptionRequest): Promise<Results | undefined> {
    const endTurn = await starts.take(this.open);
    let subscribed: Pick<Subscribed, 'results'> & { errors?: readonly GraphQLFormattedError[] };
    try {
      if (!live.isOpen) return undefined;
      subscribed = await this.options.start(request);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.options.onRejected(error);
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
    this.closeLive(id, live);
    await this.sendErrors(id, errors);
    return undefined;
  }

  private async follow(id: string, live: Live, results: Results): Promise<void> {
    const { send } = this.options;
    live.results = results;
    for await (const { result: payload } of results) {
      if (!live.isOpen) return;
      await send({ id, type: 'next', payload });
    }
    if (!live.isOpen) return;
    this.closeLive(id, live);
    await send({ id, type: 'complete' });
  }

  private complete(id: string): void {
    const live = this.open.get(id);
    if (!live) return;
    this.closeLive(id, live);
    void live.results?.return?.();
  }

  private closeLive(id: string, live: Live): void {
    if (!live.isOpen) return;
    live.isOpen = false;
    this.open.delete(id);
    this.openBytes -= live.bytes;
  }

  private sendErrors(id: string, payload: readonly GraphQLFormattedError[]): Promise<void> {
    return this.options.send({ id, type: 'error', payload });
  }

  private fail(error: unknown): void {
    // What was sent while the client went.
    if (this.state === 'ended') return;
    this.options.onInternalError(error);
    this.options.close(CloseCode.InternalServerError, 'Internal server error');
  }
}
