import type { CustomerContractType, CustomerOrderField, OrderDirection } from '../gql/graphql.js';

export type SearchField = 'name' | 'provider-id' | 'login' | 'attribute';

/** What the table of customers shows; all of it is in the address, so a view can be kept and sent to others. */
export interface TableState {
  search: string;
  searchField: SearchField;
  contract: CustomerContractType | undefined;
  isLocked: boolean | undefined;
  sort: CustomerOrderField;
  direction: OrderDirection;
  /** From 1. */
  page: number;
  pageSize: number;
}

export const PAGE_SIZES: readonly number[] = [25, 50, 100];

export const INITIAL_TABLE: TableState = {
  search: '',
  searchField: 'name',
  contract: undefined,
  isLocked: undefined,
  sort: 'COMPANY_NAME',
  direction: 'ASC',
  page: 1,
  pageSize: 25,
};

export const SEARCH_FIELDS: readonly SearchField[] = ['name', 'provider-id', 'login', 'attribute'];
const CONTRACTS: readonly CustomerContractType[] = ['PAY', 'FREE', 'DEMO'];
const DIRECTIONS: readonly OrderDirection[] = ['ASC', 'DESC'];
export const SORTS: readonly CustomerOrderField[] = [
  'COMPANY_NAME',
  'CUSTOMER_CONTRACT_TYPE',
  'QUOTA_USED',
  'USER_USED',
  'IS_LOCKED',
  'LAST_LOGIN_AT',
  'CREATED_AT',
];

const oneOf = <T>(values: readonly T[], text: string | null): T | undefined =>
  values.find((value) => String(value).toLowerCase() === text?.toLowerCase());

/** Reads a query text of the address; what it does not understand of it stands at its initial value. */
export function toTableState(query: string): TableState {
  const parameters = new URLSearchParams(query);
  const [sort = null, direction = null] = parameters.get('sort')?.split('.') ?? [];
  const page = Number(parameters.get('page') ?? 1);
  return {
    search: parameters.get('search') ?? INITIAL_TABLE.search,
    searchField: oneOf(SEARCH_FIELDS, parameters.get('by')) ?? INITIAL_TABLE.searchField,
    contract: oneOf(CONTRACTS, parameters.get('contract')),
    isLocked: oneOf([true, false], parameters.get('locked')),
    sort: oneOf(SORTS, sort) ?? INITIAL_TABLE.sort,
    direction: oneOf(DIRECTIONS, direction) ?? INITIAL_TABLE.direction,
    page: Number.isSafeInteger(page) && page > 0 ? page : INITIAL_TABLE.page,
    pageSize: oneOf(PAGE_SIZES, parameters.get('size')) ?? INITIAL_TABLE.pageSize,
  };
}

/** The query text for a state, with `?`; empty for the initial one. */
export function toTableQuery(state: TableState): string {
  const parameters = new URLSearchParams();
  const isInitialSort = state.sort === INITIAL_TABLE.sort && state.direction === INITIAL_TABLE.direction;
  if (state.search !== '') parameters.set('search', state.search);
  if (state.searchField !== INITIAL_TABLE.searchField) parameters.set('by', state.searchField);
  if (state.contract) parameters.set('contract', state.contract.toLowerCase());
  if (state.isLocked !== undefined) parameters.set('locked', String(state.isLocked));
  if (!isInitialSort) parameters.set('sort', `${state.sort}.${state.direction}`.toLowerCase());
  if (state.page !== INITIAL_TABLE.page) parameters.set('page', String(state.page));
  if (state.pageSize !== INITIAL_TABLE.pageSize) parameters.set('size', String(state.pageSize));
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}
