import type { CustomerOrderField } from '../gql/graphql.js';

export interface Column {
  title: string;
  sort: CustomerOrderField;
  /** What one looks for first: the largest and the latest, but names from A. */
  firstDirection: 'ASC' | 'DESC';
}

export const COLUMNS: readonly Column[] = [
  { title: 'Customer', sort: 'COMPANY_NAME', firstDirection: 'ASC' },
  { title: 'Contract', sort: 'CUSTOMER_CONTRACT_TYPE', firstDirection: 'ASC' },
  { title: 'Status', sort: 'IS_LOCKED', firstDirection: 'DESC' },
  { title: 'Storage', sort: 'QUOTA_USED', firstDirection: 'DESC' },
  { title: 'Users', sort: 'USER_USED', firstDirection: 'DESC' },
  { title: 'Last login', sort: 'LAST_LOGIN_AT', firstDirection: 'DESC' },
  { title: 'Created', sort: 'CREATED_AT', firstDirection: 'DESC' },
];
