import type { TableState } from '../navigation/table-state.js';
import { Segmented } from '../ui/segmented.js';
import { ContractFilter } from './contract-filter.js';
import { SearchBox } from './search-box.js';

interface ToolbarProps {
  table: TableState;
  onChange: (change: Partial<TableState>) => void;
}

const LOCKS = [
  { value: undefined, label: 'Any' },
  { value: false, label: 'Active' },
  { value: true, label: 'Locked' },
];

/** Which customers the table shows. */
export function Toolbar({ table, onChange }: ToolbarProps) {
  return (
    <search className="toolbar" aria-label="Filter customers">
      <SearchBox
        value={table.search}
        field={table.searchField}
        onSearch={(search) => onChange({ search })}
        onField={(searchField) => onChange({ searchField })}
      />
      <ContractFilter table={table} onChoose={(contract) => onChange({ contract })} />
      <Segmented
        legend="Status"
        segments={LOCKS}
        value={table.isLocked}
        onChoose={(isLocked) => onChange({ isLocked })}
      />
    </search>
  );
}
