import { ApiFailure } from '../http/errors.js';
import type { ProviderRequest } from '../http/route.js';
import type { Customer } from '../store/model.js';
import { readPathId } from '../validation/path-id.js';

/** The customer which the path's `customer_id` names. Throws an ApiFailure for a bad id and for none of the provider's. */
export function findCustomer({ params, provider }: ProviderRequest): Customer {
  const customer = provider.customers.get(readPathId(params['customer_id']));
  if (customer === undefined) throw new ApiFailure('customerNotFound');
  return customer;
}
