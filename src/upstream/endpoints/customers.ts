import { ContractViolation } from '../../errors/contract-violation.js';
import type { BoundClient } from '../calls/bound-client.js';
import type { Decoded } from '../../records/decode.js';
import type { components } from '../generated/openapi.js';
import { CUSTOMERS, type ListQuery, customerPath, targetOf } from '../target.js';

/** A customer or webhook that was asked for by its id. @throws ContractViolation where it is another one */
export function itself<T extends { id: unknown }>(answer: T, id: string, place: string): T {
  const { id: own } = answer;
  if (typeof own === 'string' && own !== id) throw new ContractViolation(place, 'not the one asked for');
  return answer;
}

type Schemas = components['schemas'];

/** A new customer, whose id the document lets the upstream leave out. @throws ContractViolation if it has no UUID either */
function identified(answer: Decoded<'NewCustomerResponse'>): Decoded<'NewCustomerResponse'> {
  const { id, customerUuid } = answer;
  if (typeof id !== 'string' && customerUuid instanceof ContractViolation) throw customerUuid;
  return answer;
}

/** The operations on customers, as `Upstream` documents them. */
export class Customers {
  constructor(private readonly client: BoundClient) {}

  list(
    options: ListQuery & { includeAttributes: boolean },
  ): Promise<Decoded<'CustomerList' | 'CustomerListWithoutAttributes'>> {
    return this.client.list(options.includeAttributes ? 'CustomerList' : 'CustomerListWithoutAttributes', {
      operationId: 'requestCustomers',
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
      target: targetOf(customerPath(id), undefined, { include_attributes: includeAttributes }),
    });
    return read.then((answer) => itself(answer, id, 'Customer.id'));
  }

  create(body: Schemas['NewCustomerRequest']): Promise<Decoded<'NewCustomerResponse'>> {
    return this.client.change(
      'NewCustomerResponse',
      { operationId: 'createCustomer', method: 'POST', target: CUSTOMERS, body },
      identified,
    );
  }

  update(id: string, body: Schemas['UpdateCustomerRequest']): Promise<Decoded<'UpdateCustomerResponse'>> {
    return this.client.change(
      'UpdateCustomerResponse',
      { operationId: 'updateCustomer', method: 'PUT', target: customerPath(id), body },
      (answer) => answer,
    );
  }

  remove(id: string): Promise<void> {
    return this.client.write({
      operationId: 'removeCustomer',
      method: 'DELETE',
      target: customerPath(id),
      dated: false,
    });
  }
}
