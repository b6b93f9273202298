import type { CustomersQuery, WriteStatus } from '../gql/graphql.js';

type ListedCustomer = NonNullable<NonNullable<CustomersQuery['customers']>['nodes'][number]>;

/** What is kept of a selected customer, which may be on another page by now. */
export interface SelectedCustomer extends Pick<ListedCustomer, 'id' | 'companyName'> {
  /** Why the last write to it was not done. */
  problem?: string;
}

/** By id, in the order in which they were selected. */
export type Selection = ReadonlyMap<string, SelectedCustomer>;

/** How the write to one customer ended. */
export interface CustomerOutcome {
  customer: SelectedCustomer;
  /** Undefined if the whole request has failed, so that nothing is known. */
  status: WriteStatus | undefined;
  text: string;
}

const WORDS: Readonly<Record<WriteStatus, string>> = {
  DONE: 'Done',
  REJECTED: 'Rejected',
  FAILED: 'Failed',
  OUTCOME_UNKNOWN: 'Unknown',
  NOT_ATTEMPTED: 'Not attempted',
};

/** `Failed. The upstream asks to slow down.` */
export const describeOutcome = ({ status = 'OUTCOME_UNKNOWN', text }: CustomerOutcome): string =>
  [`${WORDS[status]}.`, text].join(' ').trim();

/** The selection with customers added, or without them: `{ 1 }`, add 2 → `{ 1, 2 }`. */
export function select(selection: Selection, customers: readonly SelectedCustomer[], isSelected: boolean): Selection {
  const next = new Map(selection);
  for (const { id, companyName } of customers) {
    if (isSelected) next.set(id, { id, companyName });
    else next.delete(id);
  }
  return next;
}

/** The selection after a write: without the customers for which it was done, and with the reason at those for which it was not. */
export function afterWrite(selection: Selection, outcomes: readonly CustomerOutcome[]): Selection {
  const next = new Map(selection);
  for (const outcome of outcomes) {
    const { id, companyName } = outcome.customer;
    if (outcome.status === 'DONE') next.delete(id);
    else next.set(id, { id, companyName, problem: describeOutcome(outcome) });
  }
  return next;
}
