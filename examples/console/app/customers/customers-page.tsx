import { useState } from 'react';
import { useReading } from '../client/use-reading.js';
import { ExportButton } from '../export/export-button.js';
import { filePath } from '../export/file-source.js';
import { navigate } from '../navigation/location-store.js';
import { CUSTOMERS_PATH } from '../navigation/route.js';
import { toTableQuery, toTableState, type TableState } from '../navigation/table-state.js';
import { select, type Selection } from '../selection/selected-customer.js';
import { SelectionBar } from '../selection/selection-bar.js';
import { FailurePanel } from '../ui/failure-panel.js';
import { Icon } from '../ui/icon.js';
import { PageHeading } from '../ui/page-heading.js';
import { Pager } from '../ui/pager.js';
import { CreateCustomerDialog } from '../writes/create-customer-dialog.js';
import { CustomersTable } from './customers-table.js';
import { CUSTOMERS } from './documents.js';
import { EmptyTable } from './empty-table.js';
import { toFilter } from './to-filter.js';
import { Toolbar } from './toolbar.js';

export function CustomersPage({ table }: { table: TableState }) {
  const [isCreating, setCreating] = useState(false);
  const [selection, setSelection] = useState<Selection>(new Map());
  const list = {
    filter: toFilter(table, table.contract),
    orderBy: [{ field: table.sort, direction: table.direction }],
  };
  const { data, error, isReading, readAgain } = useReading({
    query: CUSTOMERS,
    variables: { first: table.pageSize, offset: (table.page - 1) * table.pageSize, ...list },
  });

  /**
   * Another selection starts at its first page. Only turning pages is a step to go back to: typing is not. As typing comes to
   * an end later, what counts is what the address says by then.
   */
  const change = (part: Partial<TableState>): void => {
    const next = { ...toTableState(window.location.search), page: 1, ...part };
    navigate(`${CUSTOMERS_PATH}${toTableQuery(next)}`, { replace: part.page === undefined });
  };
  /** Reading starts at the top, where there also stands what may have gone wrong. */
  const turnTo = (page: number): void => {
    change({ page });
    window.scrollTo({ top: 0 });
  };
  const total = Number(data?.customers?.totalCount ?? 0);
  const customers = data?.customers?.nodes;

  return (
    <main id="main" className="page">
      <header className="page-header">
        <PageHeading title="Customers">Customers</PageHeading>
        <div className="actions">
          <ExportButton source={data && { path: filePath(CUSTOMERS, list), noun: 'customer', total }} />
          <button type="button" className="button button-primary" onClick={() => setCreating(true)}>
            <Icon name="plus" />
            New customer
          </button>
        </div>
      </header>
      <Toolbar table={table} onChange={change} />
      {selection.size > 0 && <SelectionBar selection={selection} onChange={setSelection} />}
      {error && <FailurePanel error={error} onRetry={readAgain} isCompact={data !== undefined} />}
      {(customers ?? !error) && (
        <div className="panel">
          {customers?.length === 0 ? (
            <EmptyTable table={table} total={total} onChange={change} />
          ) : (
            <CustomersTable
              customers={customers}
              table={table}
              isStale={isReading}
              selection={selection}
              onSelect={(some, isSelected) => setSelection(select(selection, some, isSelected))}
              onSort={change}
            />
          )}
          {data && total > 0 && (
            <Pager noun="customer" page={table.page} pageSize={table.pageSize} total={total} onPage={turnTo} />
          )}
        </div>
      )}
      {isCreating && <CreateCustomerDialog onClose={() => setCreating(false)} />}
    </main>
  );
}
