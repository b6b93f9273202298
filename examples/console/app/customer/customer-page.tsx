import { useReading } from '../client/use-reading.js';
import { Link } from '../navigation/link.js';
import { tableAddress } from '../navigation/location-store.js';
import { FailurePanel } from '../ui/failure-panel.js';
import { Icon } from '../ui/icon.js';
import { PageHeading } from '../ui/page-heading.js';
import { CustomerDetail } from './customer-detail.js';
import { CUSTOMER } from './documents.js';

export function CustomerPage({ id }: { id: string }) {
  const { data, error, readAgain } = useReading({ query: CUSTOMER, variables: { id } });
  return (
    <main id="main" className="page">
      <Link to={tableAddress()} className="back">
        <Icon name="back" />
        Customers
      </Link>
      {error && <FailurePanel error={error} onRetry={readAgain} isCompact={data !== undefined} />}
      {data?.customer && <CustomerDetail customer={data.customer} />}
      {data?.customer === null && !error && (
        <div className="panel empty">
          <PageHeading title="No such customer">There is no such customer</PageHeading>
          <p>Customer {id} was deleted, or there never was one.</p>
        </div>
      )}
      {!data && !error && <LoadingDetail />}
    </main>
  );
}

/** The shape of what is being read. */
function LoadingDetail() {
  return (
    <div className="loading-detail" role="status">
      <span className="visually-hidden">Loading…</span>
      <span className="skeleton" />
      <span className="skeleton" />
      <span className="skeleton" />
    </div>
  );
}
