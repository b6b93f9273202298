import type { TableState } from '../navigation/table-state.js';
import { SEARCH_WORDS } from './search-words.js';

interface EmptyTableProps {
  table: TableState;
  total: number;
  onChange: (change: Partial<TableState>) => void;
}

/** Why there is nothing to see, and the way to something. */
export function EmptyTable({ table, total, onChange }: EmptyTableProps) {
  if (total > 0) {
    return (
      <div className="empty">
        <h2>The list has become shorter</h2>
        <p>There is no page {table.page} any more.</p>
        <button type="button" className="button" onClick={() => onChange({ page: Math.ceil(total / table.pageSize) })}>
          Go to the last page
        </button>
      </div>
    );
  }
  const isFiltered = table.search !== '' || table.contract !== undefined || table.isLocked !== undefined;
  if (!isFiltered) {
    return (
      <div className="empty">
        <h2>No customers yet</h2>
        <p>The first one appears here as soon as it is created.</p>
      </div>
    );
  }
  return (
    <div className="empty">
      <h2>No customer matches</h2>
      <p>
        {table.search === ''
          ? 'None has this contract and status.'
          : `None has “${table.search}” ${SEARCH_WORDS[table.searchField].place}.`}
      </p>
      <button
        type="button"
        className="button"
        onClick={() => onChange({ search: '', contract: undefined, isLocked: undefined })}
      >
        Clear filters
      </button>
    </div>
  );
}
