import type { CustomersQuery } from '../gql/graphql.js';

type ListedCustomer = NonNullable<NonNullable<CustomersQuery['customers']>['nodes'][number]>;

/** What is kept of a selected customer, which may be on another page by now. */
export type SelectedCustomer = Pick<ListedCustomer, 'id' | 'companyName' | 'customerContractType'>;

/** By id, in the order in which they were selected. */
export type Selection = ReadonlyMap<string, SelectedCustomer>;

/** The selection with customers added, or without them: `{ 1 }`, add 2 → `{ 1, 2 }`. */
export function select(selection: Selection, customers: readonly SelectedCustomer[], isSelected: boolean): Selection {
  const next = new Map(selection);
  for (const customer of customers) {
    if (isSelected) next.set(customer.id, customer);
    else next.delete(customer.id);
  }
  return next;
}
