import { toTableState, type TableState } from './table-state.js';

export const CUSTOMERS_PATH = '/customers';

export type Route =
  | { page: 'overview' }
  | { page: 'customers'; table: TableState }
  | { page: 'customer'; id: string }
  | { page: 'unknown' };

const CUSTOMER = /^\/customers\/(\d+)$/;

/** What an address shows. */
export function toRoute(pathname: string, query: string): Route {
  if (pathname === '/') return { page: 'overview' };
  if (pathname === CUSTOMERS_PATH) return { page: 'customers', table: toTableState(query) };
  const [, id] = CUSTOMER.exec(pathname) ?? [];
  return id === undefined ? { page: 'unknown' } : { page: 'customer', id };
}

export const customerPath = (id: string): string => `${CUSTOMERS_PATH}/${id}`;
