import type { CustomerContractType } from '../gql/graphql.js';

export const CONTRACT_NAMES: Readonly<Record<CustomerContractType, string>> = {
  PAY: 'Paid',
  FREE: 'Free',
  DEMO: 'Demo',
};

interface ContractBadgeProps {
  contract: CustomerContractType;
  trialDaysLeft?: number | null;
}

export function ContractBadge({ contract, trialDaysLeft }: ContractBadgeProps) {
  return (
    <span className={`badge badge-${contract.toLowerCase()}`}>
      {CONTRACT_NAMES[contract]}
      {contract === 'DEMO' && trialDaysLeft != null && <span className="badge-detail">{trialDaysLeft} d left</span>}
    </span>
  );
}
