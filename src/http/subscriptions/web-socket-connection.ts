import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { GatewayError } from '../../errors/gateway-error.js';
import type { Connection } from './connections.js';

/** Of RFC 6455's registry. Clients try again after both. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
/** For a client to close its side; those who do not read never do. */
const CLOSE_TIMEOUT_MS = 1_000;
/** The protocol's bound on the text of a close. */
const MAX_REASON_BYTES = 123;
const RETRYABLE: readonly unknown[] = [429, 503];

const closeCodeOf = ({ extensions }: GatewayError): number =>
  RETRYABLE.includes(extensions.http?.status) ? TRY_AGAIN_LATER : CloseCode.Forbidden;

/** The longest beginning of a text that fits a close, without a part of a character: an id of the client may be in it. */
const toReason = (text: string): string =>
  new TextDecoder().decode(Buffer.from(text).subarray(0, MAX_REASON_BYTES), { stream: true });

/** A WebSocket, as a connection for events. */
export class WebSocketConnection implements Connection {
  constructor(readonly socket: WebSocket) {}

  get unreadBytes(): number {
    return this.socket.bufferedAmount;
  }

  end(reason?: GatewayError): void {
    if (reason) this.close(closeCodeOf(reason), reason.message);
    else this.close(GOING_AWAY, 'The gateway is shutting down.');
  }

  reject(reason: GatewayError): void {
    this.end(reason);
  }

  cut(): void {
    this.socket.terminate();
  }

  onOverflow(): void {
    this.close(TRY_AGAIN_LATER, 'Events were not read in time.');
  }

  close(code: number, reason: string): void {
    this.socket.close(code, toReason(reason));
    const timer = setTimeout(() => this.socket.terminate(), CLOSE_TIMEOUT_MS);
    this.socket.once('close', () => clearTimeout(timer));
  }
}
