import type { IncomingHttpHeaders } from 'node:http';
import { parseJsonBytes } from '../json/parse-json.js';
import { ConnectionPool, type ConnectionPoolOptions } from '../upstream/http/connection-pool.js';
import { exchange, type RawAnswer } from '../upstream/http/exchange.js';
import { Lifetime } from '../upstream/resilience/lifetime.js';
import { type Query, targetOf } from '../upstream/target.js';

/** An answer as it came, whatever its status. */
export interface ProbeAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Undefined if it is not JSON. */
  body: unknown;
}

/** Sends one GET. @throws UpstreamFailure if there is no answer, ProbeEnded if no more may be sent */
export type Ask = (path: string, query?: Query, headers?: Readonly<Record<string, string>>) => Promise<ProbeAnswer>;

/** No more requests may be sent. The message says why. */
export class ProbeEnded extends Error {
  override readonly name = 'ProbeEnded';
}

export interface ProbeRequestsOptions extends Pick<ConnectionPoolOptions, 'openProxied'> {
  baseUrl: URL;
  serviceToken: string;
  userAgent: string;
  timeoutMs: number;
  maxBytes: number;
  /** Requests that may be sent. */
  most: number;
}

function toAnswer({ status, headers, body }: RawAnswer): ProbeAnswer {
  try {
    return { status, headers, body: parseJsonBytes(body) };
  } catch {
    return { status, headers, body: undefined };
  }
}

/** Requests to an upstream that is looked at as it is: GETs alone, one after the other, none repeated. */
export class ProbeRequests {
  count = 0;
  private ended: string | undefined;
  private readonly pool: ConnectionPool;
  private readonly lifetime = new Lifetime(Infinity);

  constructor(private readonly options: ProbeRequestsOptions) {
    const { baseUrl, timeoutMs: connectTimeoutMs, openProxied } = options;
    this.pool = new ConnectionPool({ origin: baseUrl.origin, maxConnections: 1, connectTimeoutMs, openProxied });
  }

  readonly ask: Ask = async (path, query, headers = {}) => {
    const { serviceToken, userAgent, most } = this.options;
    if (this.count === most) this.ended = `all ${most} requests were used`;
    if (this.ended !== undefined) throw new ProbeEnded(this.ended);
    this.count += 1;
    const own = { accept: 'application/json', 'user-agent': userAgent, 'x-sds-service-token': serviceToken };
    const answer = await this.send(targetOf(path, undefined, query), { ...own, ...headers });
    if (answer.status === 429) this.ended = 'the server asked to wait (status 429)';
    return answer;
  };

  close(): Promise<void> {
    return this.pool.close();
  }

  private send(target: string, headers: Readonly<Record<string, string>>): Promise<ProbeAnswer> {
    const { baseUrl, timeoutMs, maxBytes } = this.options;
    return exchange(
      this.pool,
      {
        origin: baseUrl.origin,
        method: 'GET',
        path: baseUrl.pathname.replace(/\/+$/, '') + target,
        headers: Object.entries(headers).flat(),
        body: null,
      },
      {
        operationId: 'probe',
        maxBytes,
        // On a new connection each, so that none is sent a second time.
        bounds: {
          timeoutMs,
          lifetime: this.lifetime,
          isProbe: true,
          resent: () => undefined,
          settled: () => undefined,
        },
        silentMs: timeoutMs,
        read: toAnswer,
      },
    );
  }
}
