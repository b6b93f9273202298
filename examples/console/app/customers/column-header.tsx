import type { TableState } from '../navigation/table-state.js';
import { Icon } from '../ui/icon.js';
import type { Column } from './columns.js';

interface ColumnHeaderProps {
  column: Column;
  table: TableState;
  onSort: (change: Pick<TableState, 'sort' | 'direction'>) => void;
}

/** A heading to sort by: once for the order one looks for first, again for the other way round. */
export function ColumnHeader({ column, table, onSort }: ColumnHeaderProps) {
  const isSorted = table.sort === column.sort;
  const sort = (): void => {
    const turned = table.direction === 'ASC' ? 'DESC' : 'ASC';
    onSort({ sort: column.sort, direction: isSorted ? turned : column.firstDirection });
  };
  const order = table.direction === 'ASC' ? 'ascending' : 'descending';
  return (
    <th scope="col" role="columnheader" aria-sort={isSorted ? order : 'none'}>
      <button type="button" className="sort" onClick={sort}>
        {column.title}
        <Icon name={isSorted && table.direction === 'DESC' ? 'down' : 'up'} />
      </button>
    </th>
  );
}
