import type { BoundClient } from '../bound-client.js';
import type { Decoded } from '../decode.js';
import type { components } from '../generated/openapi.js';
import type { ListQuery } from '../paging.js';
import { attributePath, attributesPath } from './paths.js';

type Attributes = components['schemas']['CustomerAttributes'];

/** The operations on the attributes of a customer, as `Upstream` documents them. */
export class CustomerAttributes {
  constructor(private readonly client: BoundClient) {}

  list(customerId: string, query: ListQuery): Promise<Decoded<'AttributesResponse'>> {
    return this.client.read('AttributesResponse', {
      operationId: 'requestCustomerAttributes',
      method: 'GET',
      path: attributesPath(customerId),
      list: query,
      dated: false,
    });
  }

  replace(customerId: string, body: Attributes): Promise<Decoded<'Customer'> | undefined> {
    return this.client.changeIfAny('Customer', {
      operationId: 'setCustomerAttributes',
      method: 'POST',
      path: attributesPath(customerId),
      body,
    });
  }

  merge(customerId: string, body: Attributes): Promise<Decoded<'Customer'> | undefined> {
    return this.client.changeIfAny('Customer', {
      operationId: 'updateCustomerAttributes',
      method: 'PUT',
      path: attributesPath(customerId),
      body,
    });
  }

  remove(customerId: string, key: string): Promise<void> {
    return this.client.write({
      operationId: 'removeCustomerAttribute',
      method: 'DELETE',
      path: attributePath(customerId, key),
      dated: false,
    });
  }
}
