import { useState } from 'react';
import type { CustomerQuery } from '../gql/graphql.js';
import { ContractBadge } from '../ui/contract-badge.js';
import { Icon } from '../ui/icon.js';
import { LockBadge } from '../ui/lock-badge.js';
import { PageHeading } from '../ui/page-heading.js';
import { DeleteCustomerDialog } from '../writes/delete-customer-dialog.js';
import { EditCustomerDialog } from '../writes/edit-customer-dialog.js';
import { LockDialog } from '../writes/lock-dialog.js';

type Dialog = 'edit' | 'lock' | 'delete';

/** Who it is, and what can be done with it. */
export function CustomerHeader({ customer }: { customer: NonNullable<CustomerQuery['customer']> }) {
  const [dialog, setDialog] = useState<Dialog>();
  const close = (): void => setDialog(undefined);
  const { companyName, customerContractType, isLocked, trialDaysLeft } = customer;
  return (
    <header className="page-header detail-header">
      <div>
        <PageHeading title={companyName}>{companyName}</PageHeading>
        <p className="detail-badges">
          <ContractBadge contract={customerContractType} trialDaysLeft={trialDaysLeft} />
          <LockBadge isLocked={isLocked} />
        </p>
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={() => setDialog('edit')}>
          <Icon name="edit" />
          Edit
        </button>
        <button type="button" className="button" onClick={() => setDialog('lock')}>
          <Icon name={isLocked ? 'unlock' : 'lock'} />
          {isLocked ? 'Unlock' : 'Lock'}
        </button>
        <button type="button" className="button button-quiet-danger" onClick={() => setDialog('delete')}>
          <Icon name="remove" />
          Delete
        </button>
      </div>
      {dialog === 'edit' && <EditCustomerDialog customer={customer} onClose={close} />}
      {dialog === 'lock' && <LockDialog customer={customer} onClose={close} />}
      {dialog === 'delete' && <DeleteCustomerDialog customer={customer} onClose={close} />}
    </header>
  );
}
