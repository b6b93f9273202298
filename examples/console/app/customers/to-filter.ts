import type { CustomerContractType, CustomerFilter } from '../gql/graphql.js';
import type { TableState } from '../navigation/table-state.js';

/** The conditions that a state of the table sets, with the contract type of the state or another one. */
export function toFilter(
  { search, isLocked }: Pick<TableState, 'search' | 'isLocked'>,
  contract: CustomerContractType | undefined,
): CustomerFilter {
  return {
    ...(search !== '' && { companyName: { contains: search } }),
    ...(isLocked !== undefined && { isLocked: { eq: isLocked } }),
    ...(contract && { customerContractType: { eq: contract } }),
  };
}
