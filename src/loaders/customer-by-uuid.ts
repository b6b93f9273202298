import { ContractViolation } from '../errors/contract-violation.js';
import { MAX_PAGE_SIZE } from '../upstream/paging.js';
import type { CustomerById } from './customer-by-id.js';
import type { CustomerRecord } from './customer-record.js';
import type { CustomerPageKey } from './create-loaders.js';
import type { KeyedLoader } from './keyed-loader.js';
import type { Page } from './page.js';

export interface CustomerByUuid {
  /** The customer, or null where the upstream has none. */
  load(key: { uuid: string; attributes: boolean }): Promise<CustomerRecord | null>;
}

/** The upstream has no look-up by UUID: reads its pages until one holds the customer. */
export function createCustomerByUuid(
  _customerById: CustomerById,
  customerPage: KeyedLoader<CustomerPageKey, Page<CustomerRecord>>,
): CustomerByUuid {
  return {
    async load({ uuid, attributes }) {
      const wanted = uuid.toLowerCase();
      for (let offset = 0; ; offset += MAX_PAGE_SIZE) {
        const page = await customerPage.load({ offset, limit: MAX_PAGE_SIZE, includeAttributes: attributes });
        const found = page.items.find(
          (item): item is CustomerRecord =>
            !(item instanceof ContractViolation) &&
            typeof item.customerUuid === 'string' &&
            item.customerUuid.toLowerCase() === wanted,
        );
        if (found) return found;
        const seen = offset + page.items.length;
        if (page.items.length === 0 || typeof page.total !== 'number' || seen >= page.total) return null;
      }
    },
  };
}
