import type { ReactNode } from 'react';
import { QuotaCell, UsageCell } from '../customers/usage-cell.js';
import { countOf, formatCount } from '../format/count.js';
import { formatDay, formatInstant } from '../format/dates.js';
import { Link } from '../navigation/link.js';
import { customerPath } from '../navigation/route.js';
import { ColumnTitles } from '../ui/column-titles.js';
import { ContractBadge } from '../ui/contract-badge.js';
import { TableFrame } from '../ui/table-frame.js';
import type { OverviewCustomer } from './read-customers.js';

const SHOWN = 10;

interface CustomerListProps {
  title: string;
  /** How many there are, and why they are here. */
  text: string;
  /** Of the columns behind the name. */
  columns: readonly string[];
  customers: readonly OverviewCustomer[];
  cells: (customer: OverviewCustomer) => ReactNode;
}

/** The first customers of a list, each with the way to it. */
function CustomerList({ title, text, columns, customers, cells }: CustomerListProps) {
  return (
    <div className="panel">
      <header className="list-header">
        <h2>{title}</h2>
        <p className="muted">
          {text}
          {customers.length > SHOWN && ` The first ${String(SHOWN)} of them:`}
        </p>
      </header>
      {customers.length > 0 && (
        <TableFrame label={title}>
          <table role="table" className="table table-small">
            <ColumnTitles titles={['Customer', ...columns]} />
            <tbody role="rowgroup">
              {customers.slice(0, SHOWN).map((customer) => (
                <tr key={customer.id} role="row">
                  <th scope="row" role="rowheader" className="wide">
                    <Link to={customerPath(customer.id)} className="row-link">
                      {customer.companyName}
                    </Link>
                  </th>
                  {cells(customer)}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </div>
  );
}

export function NearLimit({ customers }: Pick<CustomerListProps, 'customers'>) {
  return (
    <CustomerList
      title="Near a limit"
      text={`${countOf(customers.length, 'customer')} with 80 % or more of storage or users in use.`}
      columns={['Storage', 'Users']}
      customers={customers}
      cells={({ quotaUsed, quotaMax, userUsed, userMax }) => (
        <>
          <td role="cell" data-title="Storage">
            <QuotaCell used={quotaUsed} max={quotaMax} />
          </td>
          <td role="cell" data-title="Users">
            <UsageCell
              label="Users"
              used={formatCount(userUsed)}
              limit={`of ${formatCount(userMax)}`}
              fill={[BigInt(userUsed), BigInt(userMax)]}
            />
          </td>
        </>
      )}
    />
  );
}

export function NeverLoggedIn({ customers }: Pick<CustomerListProps, 'customers'>) {
  return (
    <CustomerList
      title="Never logged in"
      text={`${countOf(customers.length, 'customer')} none of whose users has ever logged in, the oldest first.`}
      columns={['Contract', 'Created']}
      customers={customers}
      cells={({ customerContractType, createdAt }) => (
        <>
          <td role="cell" data-title="Contract">
            <ContractBadge contract={customerContractType} />
          </td>
          <td role="cell" className="muted" data-title="Created">
            <time dateTime={createdAt} title={formatInstant(createdAt)}>
              {formatDay(createdAt)}
            </time>
          </td>
        </>
      )}
    />
  );
}
