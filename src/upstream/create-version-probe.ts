import { decode } from './decode.js';
import { createHttpClient, type HttpClientOptions } from './http-client.js';
import { Lifetime } from './resilience/lifetime.js';

export interface VersionProbe {
  /**
   * requestSoftwareVersion: `restApiVersion`, asked for once.
   * @throws UpstreamFailure, or ContractViolation where it is missing
   */
  readVersion(): Promise<string>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/**
 * Asks without a credential and on a connection of its own, past circuit and queue: it delays no caller's request, is not
 * delayed by them, and sees the upstream as it is.
 */
export function createVersionProbe({
  timeoutMs,
  ...options
}: Pick<HttpClientOptions, 'baseUrl' | 'maxResponseBytes'> & { timeoutMs: number }): VersionProbe {
  const http = createHttpClient({ ...options, maxConnections: 1, connectTimeoutMs: timeoutMs });
  const lifetime = new Lifetime(Infinity);
  return {
    async readVersion() {
      const { restApiVersion } = await http.send(
        {
          operationId: 'requestSoftwareVersion',
          method: 'GET',
          target: '/v4/public/software/version',
          headers: ['x-sds-date-format', 'UTC'],
          toValue: (body) => decode('SoftwareVersionData', body),
        },
        { timeoutMs, lifetime, settled: () => undefined },
      );
      if (typeof restApiVersion !== 'string') throw restApiVersion;
      return restApiVersion;
    },
    close() {
      lifetime.end('aborted');
      return http.close();
    },
  };
}
