import { ContractViolation } from '../errors/contract-violation.js';
import type { CustomerById } from './customer-by-id.js';
import { resultOf, type CustomerRecord } from './outcomes.js';
import type { ReadPage } from './customer-scan.js';
import type { UuidDirectory } from './uuid-directory.js';
import DataLoader from 'dataloader';

export interface CustomerByUuid {
  /** The customer, or null if the upstream has none. */
  load(key: { uuid: string; attributes: boolean }): Promise<CustomerRecord | null>;
}

/** Looks UUIDs up in the caller's directory, all of an operation together, and reads the customers by their ids. */
export function createCustomerByUuid(
  directory: UuidDirectory,
  customerById: CustomerById,
  readPage: ReadPage,
): CustomerByUuid {
  const idOfUuid = new DataLoader<string, string | null>(
    async (uuids) => {
      const ids = await resultOf(() => directory.find(uuids, readPage));
      // A search that failed may have found some of them before.
      if (ids instanceof Error) return uuids.map((uuid) => directory.idOf(uuid) ?? ids);
      return uuids.map((uuid) => ids.get(uuid) ?? null);
    },
    { cache: false },
  );
  return {
    async load({ uuid, attributes }) {
      const wanted = uuid.toLowerCase();
      const id = directory.idOf(wanted) ?? (await idOfUuid.load(wanted));
      const customer = id === null ? null : await customerById.load({ id, attributes });
      const found = customer?.customerUuid;
      if (typeof found === 'string' && found.toLowerCase() !== wanted) {
        throw new ContractViolation('Customer.customerUuid', 'not the one that the customer had before');
      }
      return customer;
    },
  };
}
