import { useMemo } from 'react';
import { countOf, formatCount } from '../format/count.js';
import { formatTime } from '../format/dates.js';
import { FailurePanel } from '../ui/failure-panel.js';
import { PageHeading } from '../ui/page-heading.js';
import { NearLimit, NeverLoggedIn } from './customer-lists.js';
import { FillChart } from './fill-chart.js';
import { ContractChart, OverviewFigures, StorageChart, UsersChart } from './overview-figures.js';
import type { ReadCustomers } from './read-customers.js';
import { summarize } from './summarize.js';
import { useOverview, type OverviewReading } from './use-overview.js';

/** What a provider looks at first: what is sold and used, who needs more, and who never came. */
export default function OverviewPage() {
  const { read, error, progress, isOutdated, readAgain } = useOverview();
  return (
    <main id="main" className="page">
      <header className="page-header">
        <PageHeading title="Overview">Overview</PageHeading>
        <button type="button" className="button" disabled={progress !== undefined} onClick={readAgain}>
          Read again
        </button>
      </header>
      <p className="overview-extent" role="status">
        {describe(read, progress)}
        {isOutdated && ' Customers have changed since.'}
      </p>
      {error && <FailurePanel error={error} onRetry={readAgain} isCompact={read !== undefined} />}
      {read && <Figures customers={read.customers} />}
    </main>
  );
}

/** Which customers the figures are of. */
function describe(read: OverviewReading['read'], progress: number | undefined): string {
  if (progress !== undefined)
    return progress === 0 ? 'Reading customers…' : `Reading customers, ${formatCount(progress)} so far…`;
  if (!read) return '';
  const { customers, unreadable, total, isCut, at } = read;
  const count = customers.length + unreadable;
  return [
    isCut
      ? `Figures of the first ${formatCount(count)} of ${countOf(total, 'customer')}, by time of creation. Later ones are in none of them.`
      : `Figures of all ${countOf(count, 'customer')}.`,
    ...(unreadable > 0 ? [`${countOf(unreadable, 'customer')} could not be read, and counts in none of them.`] : []),
    `Read at ${formatTime(at)}.`,
  ].join(' ');
}

function Figures({ customers }: Pick<ReadCustomers, 'customers'>) {
  const overview = useMemo(() => summarize(customers), [customers]);
  return (
    <>
      <OverviewFigures overview={overview} />
      <div className="charts">
        <ContractChart overview={overview} />
        <StorageChart overview={overview} />
        <UsersChart overview={overview} />
        <FillChart fills={overview.fills} />
      </div>
      <div className="charts">
        <NearLimit customers={overview.nearLimit} />
        <NeverLoggedIn customers={overview.neverLoggedIn} />
      </div>
    </>
  );
}
