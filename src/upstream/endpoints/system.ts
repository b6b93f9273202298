import type { BoundClient } from '../bound-client.js';
import type { Decoded } from '../decode.js';

/** The public operations, sent without a credential, as `Upstream` documents them. */
export class System {
  constructor(private readonly client: BoundClient) {}

  version(): Promise<Decoded<'SoftwareVersionData'>> {
    return this.client.read('SoftwareVersionData', {
      operationId: 'requestSoftwareVersion',
      method: 'GET',
      path: '/v4/public/software/version',
      anonymous: true,
    });
  }

  info(): Promise<Decoded<'SystemInfo'>> {
    return this.client.read('SystemInfo', {
      operationId: 'requestSystemInfo',
      method: 'GET',
      path: '/v4/public/system/info',
      anonymous: true,
      dated: false,
    });
  }
}
