import type { BoundClient } from '../calls/bound-client.js';
import type { Decoded } from '../../records/decode.js';
import type { components } from '../generated/openapi.js';
import { attributePath, attributesPath } from '../target.js';

type Attributes = components['schemas']['CustomerAttributes'];

/** The operations on the attributes of a customer, as `Upstream` documents them. */
export class CustomerAttributes {
  constructor(private readonly client: BoundClient) {}

  replace(customerId: string, body: Attributes): Promise<Decoded<'Customer'> | undefined> {
    return this.client.changeIfAny('Customer', {
      operationId: 'setCustomerAttributes',
      method: 'POST',
      target: attributesPath(customerId),
      body,
    });
  }

  merge(customerId: string, body: Attributes): Promise<Decoded<'Customer'> | undefined> {
    return this.client.changeIfAny('Customer', {
      operationId: 'updateCustomerAttributes',
      method: 'PUT',
      target: attributesPath(customerId),
      body,
    });
  }

  remove(customerId: string, key: string): Promise<void> {
    return this.client.write({
      operationId: 'removeCustomerAttribute',
      method: 'DELETE',
      target: attributePath(customerId, key),
      dated: false,
    });
  }
}
