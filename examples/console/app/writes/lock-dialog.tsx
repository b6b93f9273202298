import { useServices } from '../client/services.js';
import { countOf } from '../format/count.js';
import type { CustomerQuery } from '../gql/graphql.js';
import { UPDATE_CUSTOMER } from './documents.js';
import { FormDialog } from './form-dialog.js';
import { useWrite } from './use-write.js';

interface LockDialogProps {
  customer: NonNullable<CustomerQuery['customer']>;
  onClose: () => void;
}

/** Locks a customer that is open, and opens one that is locked. */
export function LockDialog({ customer, onClose }: LockDialogProps) {
  const { notices } = useServices();
  const { isBusy, errors, send } = useWrite(UPDATE_CUSTOMER, (data) => data.updateCustomer?.userErrors);
  const { id, companyName, customerContractType, userUsed } = customer;
  const isLocked = customer.isLocked === true;

  async function submit(): Promise<void> {
    if (!(await send({ input: { id, customerContractType, isLocked: !isLocked } }))) return;
    notices.show({ customerId: id, text: `${companyName} is ${isLocked ? 'unlocked' : 'locked'}.`, isOwn: true });
    onClose();
  }

  return (
    <FormDialog
      title={`${isLocked ? 'Unlock' : 'Lock'} ${companyName}?`}
      description={
        isLocked
          ? 'Its users can log in again at once.'
          : `None of its ${countOf(userUsed, 'user')} can log in until it is unlocked. No data is lost.`
      }
      submitLabel={isLocked ? 'Unlock' : 'Lock'}
      isDangerous={!isLocked}
      isBusy={isBusy}
      errors={errors}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
