import { countOf } from '../format/count.js';
import { describeOutcome } from './selected-customer.js';
import type { BulkWrite } from './use-bulk-write.js';

interface BulkOutcomeProps extends Pick<BulkWrite, 'isBusy'> {
  outcomes: NonNullable<BulkWrite['outcomes']>;
  total: number;
}

/** How far it is, and the result for each customer: first of those for which it was not done. */
export function BulkOutcome({ outcomes, total, isBusy }: BulkOutcomeProps) {
  const done = outcomes.filter(({ status }) => status === 'DONE');
  const others = outcomes.filter(({ status }) => status !== 'DONE');
  return (
    <>
      <progress className="bulk-progress" aria-label="Progress" value={outcomes.length} max={total} />
      <p role="status">
        {isBusy
          ? `${outcomes.length} of ${countOf(total, 'customer')}…`
          : `${done.length} of ${countOf(total, 'customer')} done.`}
        {!isBusy && done.length < total && ' The others stay selected.'}
      </p>
      <ul className="bulk-results" aria-label="Results">
        {[...others, ...done].map((outcome) => (
          <li key={outcome.customer.id} className={outcome.status === 'DONE' ? undefined : 'bulk-problem'}>
            <strong>{outcome.customer.companyName}</strong> {describeOutcome(outcome)}
          </li>
        ))}
      </ul>
    </>
  );
}
