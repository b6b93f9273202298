import { IncomingMessage } from 'node:http';
import { oneHeader } from '../auth/credentials.js';
import { GatewayError } from '../errors/gateway-error.js';
import { BytePieces, NO_BYTES } from '../json/byte-pieces.js';

/** A target in absolute form, as clients send it to proxies: `http://host/graphql?query=…`. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/** Path and query of a request: `http://host/graphql?a=b` → `/graphql?a=b`. RFC 9112, section 3.2.2. */
function targetOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  if (url.startsWith('/')) return url;
  const target = url.replace(ORIGIN, '');
  return target.startsWith('/') || target === url ? target : `/${target}`;
}

/** Path of a request, without its query. */
export function pathOf(request: Pick<IncomingMessage, 'url'>): string {
  const target = targetOf(request);
  const queryAt = target.indexOf('?');
  return queryAt < 0 ? target : target.slice(0, queryAt);
}

/**
 * A request that only a WebSocket handshake for subscriptions turns into another protocol. Any other `Upgrade` header is an offer
 * that a server may ignore (RFC 9110, section 7.8): Java's HttpClient and `curl --http2` send one with every request.
 */
export class UpgradableRequest extends IncomingMessage {
  private asksForUpgrade: boolean | null = null;

  /** node:http sets it from the headers, before it knows the handler, and reads it to choose between both events. */
  get upgrade(): boolean {
    return this.asksForUpgrade === true && isSubscription(this);
  }

  set upgrade(asks: boolean | null) {
    this.asksForUpgrade = asks;
  }
}

function isSubscription(request: IncomingMessage): boolean {
  return (
    request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket' && pathOf(request) === '/graphql'
  );
}

/** The authority of a target such as `http://localhost:4000/graphql`, which proxies are sent (RFC 9112, section 3.2.2). */
const ABSOLUTE_TARGET = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
const AUTHORITY = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/;

/** The host of an authority: `LocalHost:4000` → `localhost`. */
const hostOf = (authority: string): string | undefined => AUTHORITY.exec(authority)?.[1]?.toLowerCase();

/** Refuses requests that name a host which is not in `served`; undefined serves all. @throws GatewayError (421) */
export function createRefuseForeignHost(
  served: ReadonlySet<string> | undefined,
): (request: Pick<IncomingMessage, 'rawHeaders' | 'url'>) => void {
  return (request) => {
    if (!served) return;
    const target = ABSOLUTE_TARGET.exec(request.url ?? '')?.[1];
    const named = [oneHeader(request, 'Host') ?? '', ...(target === undefined ? [] : [target])];
    if (named.every((authority) => served.has(hostOf(authority) ?? ''))) return;
    throw new GatewayError('BAD_REQUEST', 'This host name is not allowed; ALLOWED_HOSTS adds names.', {
      httpStatus: 421,
    });
  };
}

export const refuse = (httpStatus: number, message: string): GatewayError =>
  new GatewayError('BAD_REQUEST', message, { httpStatus });

/** Of a request body. */
export const tooLarge = (maxBytes: number): GatewayError =>
  refuse(413, `The request body is larger than ${maxBytes} bytes.`);

/**
 * The request body as bytes.
 * @throws GatewayError BAD_REQUEST, at once or by the promise: 415 on a compressed body, 413 past `maxBytes`, 400 where
 * its sender gave up
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { 'content-encoding': coding, 'content-length': length } = request.headers;
  if (coding && coding.toLowerCase() !== 'identity') {
    throw refuse(415, 'The request body must not be compressed.');
  }
  if (length !== undefined && Number(length) > maxBytes) throw tooLarge(maxBytes);

  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let pieces: BytePieces | undefined;
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBytes) {
        if (first) (pieces ??= new BytePieces(first)).add(chunk);
        else first = chunk;
        return;
      }
      request.off('data', take).pause();
      reject(tooLarge(maxBytes));
    };
    request.on('data', take);
    request.on('end', () => resolve(pieces?.join() ?? first ?? NO_BYTES));
    // Comes after every failure too: node:http has no 'error' for a request that nobody listens to for it.
    request.on('close', () => {
      if (!request.readableEnded) reject(refuse(400, 'The request body did not arrive.'));
    });
  });
}
