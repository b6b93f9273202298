import { formatCount } from '../format/count.js';
import { formatDay, formatDistance, formatInstant } from '../format/dates.js';
import type { CustomersQuery } from '../gql/graphql.js';
import { Link } from '../navigation/link.js';
import { customerPath } from '../navigation/route.js';
import { ContractBadge } from '../ui/contract-badge.js';
import { LockBadge } from '../ui/lock-badge.js';
import { QuotaCell, UsageCell } from './usage-cell.js';

interface CustomerRowProps {
  customer: NonNullable<NonNullable<CustomersQuery['customers']>['nodes'][number]>;
  nowMs: number;
  /** Something has just happened to it. */
  isChanged: boolean;
  isSelected: boolean;
  /** Why the last write to it as a part of the selection was not done. */
  problem: string | undefined;
  onSelect: (isSelected: boolean) => void;
}

export function CustomerRow({ customer, nowMs, isChanged, isSelected, problem, onSelect }: CustomerRowProps) {
  const { id, companyName, providerCustomerId, lastLoginAt, createdAt } = customer;
  return (
    <tr role="row" data-changed={isChanged || undefined}>
      <td role="cell" className="select-cell">
        <input
          type="checkbox"
          aria-label={`Select ${companyName}`}
          checked={isSelected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
      </td>
      <th scope="row" role="rowheader">
        <Link to={customerPath(id)} className="row-link">
          {companyName}
        </Link>
        <span className="row-note">{providerCustomerId ?? `#${id}`}</span>
        {problem !== undefined && <span className="row-note row-problem">{problem}</span>}
      </th>
      <td role="cell">
        <ContractBadge contract={customer.customerContractType} trialDaysLeft={customer.trialDaysLeft} />
      </td>
      <td role="cell">
        <LockBadge isLocked={customer.isLocked} />
      </td>
      <td role="cell" data-title="Storage">
        <QuotaCell used={customer.quotaUsed} max={customer.quotaMax} />
      </td>
      <td role="cell" data-title="Users">
        <UsageCell
          label="Users"
          used={formatCount(customer.userUsed)}
          limit={`of ${formatCount(customer.userMax)}`}
          fill={[BigInt(customer.userUsed), BigInt(customer.userMax)]}
        />
      </td>
      <td role="cell" className="muted" data-title="Last login">
        {lastLoginAt === null ? (
          'Never'
        ) : (
          <time dateTime={lastLoginAt} title={formatInstant(lastLoginAt)}>
            {formatDistance(lastLoginAt, nowMs)}
          </time>
        )}
      </td>
      <td role="cell" className="muted" data-title="Created">
        <time dateTime={createdAt} title={formatInstant(createdAt)}>
          {formatDay(createdAt)}
        </time>
      </td>
    </tr>
  );
}
