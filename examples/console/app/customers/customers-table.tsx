import { useRecentlyChanged } from '../client/use-recently-changed.js';
import type { CustomersQuery } from '../gql/graphql.js';
import type { TableState } from '../navigation/table-state.js';
import { LoadingRows } from '../ui/loading-rows.js';
import { TableFrame } from '../ui/table-frame.js';
import { ColumnHeader } from './column-header.js';
import { COLUMNS } from './columns.js';
import { CustomerRow } from './customer-row.js';

interface CustomersTableProps {
  /** Undefined until they have been read for the first time. */
  customers: CustomersQuery['customers']['nodes'] | undefined;
  table: TableState;
  /** Another part of the list is being read. */
  isStale: boolean;
  onSort: (change: Pick<TableState, 'sort' | 'direction'>) => void;
}

export function CustomersTable({ customers, table, isStale, onSort }: CustomersTableProps) {
  const changed = useRecentlyChanged();
  const nowMs = Date.now();
  return (
    <TableFrame label="Customers" isStale={isStale}>
      <table className="table" aria-busy={isStale}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <ColumnHeader key={column.sort} column={column} table={table} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {customers?.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} nowMs={nowMs} isChanged={changed.has(customer.id)} />
          )) ?? <LoadingRows columns={COLUMNS.length} rows={12} />}
        </tbody>
      </table>
    </TableFrame>
  );
}
