import { useReading } from '../client/use-reading.js';
import { formatCount } from '../format/count.js';
import type { Long } from '../format/long.js';
import type { CustomerContractType } from '../gql/graphql.js';
import type { TableState } from '../navigation/table-state.js';
import { CONTRACT_NAMES } from '../ui/contract-badge.js';
import { Segmented } from '../ui/segmented.js';
import { CUSTOMER_COUNTS } from './documents.js';
import { toFilter } from './to-filter.js';

interface ContractFilterProps {
  table: TableState;
  onChoose: (contract: CustomerContractType | undefined) => void;
}

const CHOICES = [undefined, 'PAY', 'FREE', 'DEMO'] as const;

/** The contract types, each with how many customers of it the other filters let through. */
export function ContractFilter({ table, onChoose }: ContractFilterProps) {
  const { data } = useReading({
    query: CUSTOMER_COUNTS,
    variables: {
      all: toFilter(table, undefined),
      pay: toFilter(table, 'PAY'),
      free: toFilter(table, 'FREE'),
      demo: toFilter(table, 'DEMO'),
    },
  });
  const counts: Readonly<Record<string, Long | undefined>> = {
    ALL: data?.all?.totalCount,
    PAY: data?.pay?.totalCount,
    FREE: data?.free?.totalCount,
    DEMO: data?.demo?.totalCount,
  };
  const segments = CHOICES.map((value) => {
    const count = counts[value ?? 'ALL'];
    return {
      value,
      label: (
        <>
          {value ? CONTRACT_NAMES[value] : 'All'}
          <span className="segment-count">{count === undefined ? ' ' : formatCount(count)}</span>
        </>
      ),
    };
  });
  return <Segmented legend="Contract" segments={segments} value={table.contract} onChoose={onChoose} />;
}
