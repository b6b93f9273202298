import { lazy, Suspense, useMemo } from 'react';
import { signOut, token } from './client/credential.js';
import { CustomerPage } from './customer/customer-page.js';
import { CustomersPage } from './customers/customers-page.js';
import { Link } from './navigation/link.js';
import { useAddress } from './navigation/location-store.js';
import { CUSTOMERS_PATH, toRoute, type Route } from './navigation/route.js';
import { LiveIndicator } from './ui/live-indicator.js';
import { NoticeList } from './ui/notice-list.js';
import { PageHeading } from './ui/page-heading.js';
import { ThemeSwitch } from './ui/theme-switch.js';

/** Of its own file, with the charts that no other page needs. */
const OverviewPage = lazy(() => import('./overview/overview-page.js'));

const PLACES: readonly { page: Route['page']; to: string; title: string }[] = [
  { page: 'overview', to: '/', title: 'Overview' },
  { page: 'customers', to: CUSTOMERS_PATH, title: 'Customers' },
];

/** The frame that is always there, and the page that the address names. */
export function ConsoleApp() {
  const address = useAddress();
  const route = useMemo(() => {
    const { pathname, search } = new URL(address, window.location.origin);
    return toRoute(pathname, search);
  }, [address]);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="bar">
        <Link to="/" className="brand">
          <span className="brand-mark" aria-hidden="true" />
          Provisioning
        </Link>
        <nav className="places" aria-label="Pages">
          {PLACES.map(({ page, to, title }) => (
            <Link key={page} to={to} aria-current={route.page === page ? 'page' : undefined}>
              {title}
            </Link>
          ))}
        </nav>
        <LiveIndicator />
        <ThemeSwitch />
        {token() !== null && (
          <button type="button" className="button button-small" onClick={signOut}>
            Sign out
          </button>
        )}
      </header>
      <Page route={route} />
      <NoticeList />
    </>
  );
}

function Page({ route }: { route: Route }) {
  if (route.page === 'overview') {
    return (
      <Suspense fallback={<main id="main" className="page" aria-busy="true" />}>
        <OverviewPage />
      </Suspense>
    );
  }
  if (route.page === 'customers') return <CustomersPage table={route.table} />;
  if (route.page === 'customer') return <CustomerPage key={route.id} id={route.id} />;
  return (
    <main id="main" className="page">
      <div className="panel empty">
        <PageHeading title="Not found">There is nothing here</PageHeading>
        <Link to={CUSTOMERS_PATH}>Go to the customers</Link>
      </div>
    </main>
  );
}
