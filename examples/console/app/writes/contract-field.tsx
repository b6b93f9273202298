import type { CustomerContractType } from '../gql/graphql.js';
import { CONTRACT_NAMES } from '../ui/contract-badge.js';
import { Field } from './field.js';

const CONTRACTS: readonly CustomerContractType[] = ['PAY', 'FREE', 'DEMO'];

/** Reads the choice back; the field has no other values. */
export const toContract = (text: string): CustomerContractType =>
  CONTRACTS.find((contract) => contract === text) ?? 'PAY';

export function ContractField({ initial }: { initial: CustomerContractType }) {
  return (
    <Field name="customerContractType" label="Contract" isRequired>
      {(field) => (
        <select {...field} defaultValue={initial}>
          {CONTRACTS.map((contract) => (
            <option key={contract} value={contract}>
              {CONTRACT_NAMES[contract]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
