import type { BoundClient } from '../bound-client.js';
import type { Decoded } from '../decode.js';
import type { components } from '../generated/openapi.js';
import type { ListQuery } from '../paging.js';
import { itself } from './itself.js';
import { customerPath, CUSTOMERS } from './paths.js';

type Schemas = components['schemas'];

/** The operations on customers, as `Upstream` documents them. */
export class Customers {
  constructor(private readonly client: BoundClient) {}

  list(
    options: ListQuery & { includeAttributes: boolean },
  ): Promise<Decoded<'CustomerList' | 'CustomerListWithoutAttributes'>> {
    return this.client.read(options.includeAttributes ? 'CustomerList' : 'CustomerListWithoutAttributes', {
      operationId: 'requestCustomers',
      method: 'GET',
      path: CUSTOMERS,
      list: options,
      query: { include_attributes: options.includeAttributes },
    });
  }

  get(
    id: string,
    { includeAttributes }: { includeAttributes: boolean },
  ): Promise<Decoded<'Customer' | 'CustomerWithoutAttributes'>> {
    const read = this.client.read(includeAttributes ? 'Customer' : 'CustomerWithoutAttributes', {
      operationId: 'requestCustomer',
      method: 'GET',
      path: customerPath(id),
      query: { include_attributes: includeAttributes },
    });
    return read.then((answer) => itself(answer, id, 'Customer.id'));
  }

  create(body: Schemas['NewCustomerRequest']): Promise<Decoded<'NewCustomerResponse'>> {
    return this.client.change('NewCustomerResponse', {
      operationId: 'createCustomer',
      method: 'POST',
      path: CUSTOMERS,
      body,
    });
  }

  update(id: string, body: Schemas['UpdateCustomerRequest']): Promise<Decoded<'UpdateCustomerResponse'>> {
    return this.client.change('UpdateCustomerResponse', {
      operationId: 'updateCustomer',
      method: 'PUT',
      path: customerPath(id),
      body,
    });
  }

  remove(id: string): Promise<void> {
    return this.client.write({ operationId: 'removeCustomer', method: 'DELETE', path: customerPath(id), dated: false });
  }
}
