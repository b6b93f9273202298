import { useQuery } from 'urql';
import { useRefetch } from '../client/use-refetch.js';
import { Link } from '../navigation/link.js';
import { tableAddress } from '../navigation/location-store.js';
import { FailurePanel } from '../ui/failure-panel.js';
import { Icon } from '../ui/icon.js';
import { PageHeading } from '../ui/page-heading.js';
import { CustomerDetail } from './customer-detail.js';
import { CUSTOMER } from './documents.js';

export function CustomerPage({ id }: { id: string }) {
  const [{ data, error }, read] = useQuery({ query: CUSTOMER, variables: { id } });
  useRefetch(read);
  return (
    <main id="main" className="page">
      <Link to={tableAddress()} className="back">
        <Icon name="back" />
        Customers
      </Link>
      {error && (
        <FailurePanel
          error={error}
          onRetry={() => read({ requestPolicy: 'network-only' })}
          isCompact={data !== undefined}
        />
      )}
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
