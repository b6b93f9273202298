import { createCoalescer } from './coalescer.js';
import { createUpstream } from './create-upstream.js';
import { createHttpClient, type HttpClientOptions } from './http-client.js';

export interface VersionProbe {
  /** requestSoftwareVersion: `restApiVersion`. @throws UpstreamFailure, or ContractViolation where it is missing */
  readVersion(): Promise<string>;
  close(): Promise<void>;
}

/** Asks without a credential and on a connection of its own: it delays no caller's request, nor is it delayed by them. */
export function createVersionProbe(options: Omit<HttpClientOptions, 'maxConnections'>): VersionProbe {
  const http = createHttpClient({ ...options, maxConnections: 1 });
  const { system } = createUpstream(http, {
    serviceToken: undefined,
    coalescer: createCoalescer(),
    traceContext: {},
    beforeCall: () => undefined,
    afterCall: () => undefined,
  });
  return {
    async readVersion() {
      const { restApiVersion } = await system.version();
      if (typeof restApiVersion !== 'string') throw restApiVersion;
      return restApiVersion;
    },
    close: () => http.close(),
  };
}
