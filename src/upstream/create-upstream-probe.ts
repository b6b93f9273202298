import { decode } from '../records/decode.js';
import { CUSTOMERS } from './target.js';
import { createHttpClient, type HttpClientOptions, type UpstreamRequest } from './http/http-client.js';
import { Lifetime } from './resilience/lifetime.js';

export interface UpstreamProbe {
  /**
   * requestSoftwareVersion: `restApiVersion`, asked for once, without a credential.
   * @throws UpstreamFailure, or ContractViolation where it is missing
   */
  readVersion(): Promise<string>;
  /** requestCustomers: asks for one customer, once. @throws UpstreamFailure */
  readCustomer(serviceToken: string): Promise<void>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

const VERSION = {
  operationId: 'requestSoftwareVersion',
  method: 'GET',
  target: '/v4/public/software/version',
  headers: ['x-sds-date-format', 'UTC'],
} as const;

const ONE_CUSTOMER = {
  operationId: 'requestCustomers',
  method: 'GET',
  target: `${CUSTOMERS}?offset=0&limit=1&include_attributes=false`,
} as const;

/**
 * Asks on connections of its own, past circuit and queue: it delays no caller's request, is not delayed by them, and sees the
 * upstream as it is.
 */
export function createUpstreamProbe({
  versionTimeoutMs,
  listTimeoutMs,
  ...options
}: Pick<HttpClientOptions, 'baseUrl' | 'headers' | 'maxResponseBytes' | 'openProxied'> & {
  versionTimeoutMs: number;
  listTimeoutMs: number;
}): UpstreamProbe {
  const http = createHttpClient({ ...options, maxConnections: 1, timeoutMs: versionTimeoutMs });
  const lifetime = new Lifetime(Infinity);
  const send = <T>(request: UpstreamRequest<T>, timeoutMs: number): Promise<T> =>
    http.send(request, { timeoutMs, lifetime, resent: () => undefined, settled: () => undefined });
  return {
    async readVersion() {
      const toValue = (body: unknown) => decode('SoftwareVersionData', body);
      const { restApiVersion } = await send({ ...VERSION, toValue }, versionTimeoutMs);
      if (typeof restApiVersion !== 'string') throw restApiVersion;
      return restApiVersion;
    },
    readCustomer(serviceToken) {
      const headers = ['x-sds-service-token', serviceToken, 'x-sds-date-format', 'UTC'];
      return send({ ...ONE_CUSTOMER, headers, toValue: () => undefined }, listTimeoutMs);
    },
    close() {
      lifetime.end('aborted');
      return http.close();
    },
  };
}
