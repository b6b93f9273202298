import { toTableState, type TableState } from './table-state.js';

export type Route = { page: 'customers'; table: TableState } | { page: 'customer'; id: string } | { page: 'unknown' };

const CUSTOMER = /^\/customers\/(\d+)$/;

/** What an address shows. */
export function toRoute(pathname: string, query: string): Route {
  if (pathname === '/') return { page: 'customers', table: toTableState(query) };
  const [, id] = CUSTOMER.exec(pathname) ?? [];
  return id === undefined ? { page: 'unknown' } : { page: 'customer', id };
}

export const customerPath = (id: string): string => `/customers/${id}`;
