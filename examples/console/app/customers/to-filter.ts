import type { CustomerContractType, CustomerFilter } from '../gql/graphql.js';
import type { SearchField, TableState } from '../navigation/table-state.js';

/** `region` → that key; `region=north` → key and value; `=north` → that value, of any key. */
function toAttributeFilter(text: string): CustomerFilter {
  const [, key = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
  return {
    ...(key !== '' && { attributeKey: { eq: key } }),
    ...(value !== '' && { attributeValue: { eq: value } }),
  };
}

const SEARCHES: Readonly<Record<SearchField, (text: string) => CustomerFilter>> = {
  name: (contains) => ({ companyName: { contains } }),
  'provider-id': (contains) => ({ providerCustomerId: { contains } }),
  login: (eq) => ({ userLogin: { eq } }),
  attribute: toAttributeFilter,
};

/** The conditions that a state of the table sets, with the contract type of the state or another one. */
export function toFilter(
  { search, searchField, isLocked }: Pick<TableState, 'search' | 'searchField' | 'isLocked'>,
  contract: CustomerContractType | undefined,
): CustomerFilter {
  return {
    ...(search !== '' && SEARCHES[searchField](search)),
    ...(isLocked !== undefined && { isLocked: { eq: isLocked } }),
    ...(contract && { customerContractType: { eq: contract } }),
  };
}
