import type { BoundClient } from '../calls/bound-client.js';
import type { Decoded } from '../../records/decode.js';

/** The public operation, sent without a credential, as `Upstream` documents them. */
export class System {
  constructor(private readonly client: BoundClient) {}

  version(): Promise<Decoded<'SoftwareVersionData'>> {
    return this.client.read('SoftwareVersionData', {
      operationId: 'requestSoftwareVersion',
      method: 'GET',
      target: '/v4/public/software/version',
      anonymous: true,
    });
  }
}
