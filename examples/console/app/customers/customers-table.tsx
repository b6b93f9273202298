import { useRecentlyChanged } from '../client/use-recently-changed.js';
import type { CustomersQuery } from '../gql/graphql.js';
import type { TableState } from '../navigation/table-state.js';
import type { SelectedCustomer, Selection } from '../selection/selected-customer.js';
import { LoadingRows } from '../ui/loading-rows.js';
import { TableFrame } from '../ui/table-frame.js';
import { UnreadableRow } from '../ui/unreadable-row.js';
import { ColumnHeader } from './column-header.js';
import { COLUMNS } from './columns.js';
import { CustomerRow } from './customer-row.js';

interface CustomersTableProps {
  /** Undefined until they have been read for the first time. */
  customers: NonNullable<CustomersQuery['customers']>['nodes'] | undefined;
  table: TableState;
  /** Another part of the list is being read. */
  isStale: boolean;
  selection: Selection;
  onSelect: (customers: readonly SelectedCustomer[], isSelected: boolean) => void;
  onSort: (change: Pick<TableState, 'sort' | 'direction'>) => void;
}

export function CustomersTable({ customers, table, isStale, selection, onSelect, onSort }: CustomersTableProps) {
  const changed = useRecentlyChanged();
  const nowMs = Date.now();
  const readable = customers?.filter((customer) => customer !== null) ?? [];
  return (
    <TableFrame label="Customers" isStale={isStale}>
      <table role="table" className="table" aria-busy={isStale}>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader" className="select-cell">
              <input
                type="checkbox"
                aria-label="Select all customers of this page"
                checked={readable.length > 0 && readable.every(({ id }) => selection.has(id))}
                onChange={(event) => onSelect(readable, event.currentTarget.checked)}
              />
            </th>
            {COLUMNS.map((column) => (
              <ColumnHeader key={column.sort} column={column} table={table} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {customers?.map((customer, index) =>
            customer ? (
              <CustomerRow
                key={customer.id}
                customer={customer}
                nowMs={nowMs}
                isChanged={changed.has(customer.id)}
                isSelected={selection.has(customer.id)}
                problem={selection.get(customer.id)?.problem}
                onSelect={(isSelected) => onSelect([customer], isSelected)}
              />
            ) : (
              <UnreadableRow key={index} columns={COLUMNS.length + 1} noun="customer" />
            ),
          ) ?? <LoadingRows columns={COLUMNS.length + 1} rows={12} />}
        </tbody>
      </table>
    </TableFrame>
  );
}
