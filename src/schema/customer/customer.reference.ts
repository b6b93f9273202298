import { isUuid } from '../../records/formats.js';
import { isAnswered, type EntityReference } from '../federation/entity-reference.js';
import { idKey, missingKey, uuidKey } from '../federation/representation.js';
import { notUuid } from '../../upstream/target.js';

/** What each key answers by itself; `users` has a read of its own, by id. */
export const ANSWERED_BY = {
  id: new Set(['__typename', 'id', 'users']),
  customerUuid: new Set(['__typename', 'customerUuid']),
};

/** A customer by either of its keys, `id` if both are given: the upstream reads by id. */
export const resolveCustomerReference: EntityReference = async (representation, selected, loaders) => {
  const attributes = selected.has('customerAttributes');
  const id = idKey(representation);
  const customerUuid = uuidKey(representation, 'customerUuid');
  if (id !== undefined) {
    return isAnswered(selected, ANSWERED_BY.id)
      ? { __typename: 'Customer', id }
      : loaders.customerById.load({ id, attributes });
  }
  if (customerUuid === undefined) throw missingKey(representation, 'id', 'customerUuid');
  if (isUuid(customerUuid) && isAnswered(selected, ANSWERED_BY.customerUuid)) {
    return { __typename: 'Customer', customerUuid };
  }
  const customer = await loaders.customerByUuid.load({ uuid: customerUuid, attributes });
  if (customer === null && !isUuid(customerUuid)) throw notUuid(`${representation.argument}.customerUuid`);
  return customer;
};
