import { countOf } from '../format/count.js';
import type { CustomerOutcome } from './use-bulk-write.js';

interface BulkOutcomeProps {
  outcomes: readonly CustomerOutcome[];
  total: number;
  isBusy: boolean;
}

const WORDS: Readonly<Record<string, string>> = {
  REJECTED: 'Rejected',
  FAILED: 'Failed',
  OUTCOME_UNKNOWN: 'Unknown',
  NOT_ATTEMPTED: 'Not attempted',
};

/** How far it is, and what was not done. */
export function BulkOutcome({ outcomes, total, isBusy }: BulkOutcomeProps) {
  const done = outcomes.filter(({ status }) => status === 'DONE').length;
  const others = outcomes.filter(({ status }) => status !== 'DONE');
  return (
    <>
      <progress className="bulk-progress" aria-label="Progress" value={outcomes.length} max={total} />
      <p role="status">
        {isBusy
          ? `${outcomes.length} of ${countOf(total, 'customer')}…`
          : `${done} of ${countOf(total, 'customer')} done.`}
      </p>
      {others.length > 0 && (
        <ul className="bulk-results" aria-label="Not done">
          {others.map(({ customer, status, text }) => (
            <li key={customer.id}>
              <strong>{customer.companyName}</strong> {WORDS[status ?? 'OUTCOME_UNKNOWN']}. {text}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
