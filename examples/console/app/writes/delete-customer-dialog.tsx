import { useServices } from '../client/services.js';
import type { CustomerQuery } from '../gql/graphql.js';
import { navigate, tableAddress } from '../navigation/location-store.js';
import { DELETE_CUSTOMER } from './documents.js';
import { NO_ERRORS } from './field-errors.js';
import { FormDialog } from './form-dialog.js';
import type { FormValues } from './form-values.js';
import { TextField } from './text-field.js';
import { useWrite } from './use-write.js';

interface DeleteCustomerDialogProps {
  customer: NonNullable<CustomerQuery['customer']>;
  onClose: () => void;
}

/** Deletes a customer whose name was typed, so that it is the one that was meant. */
export function DeleteCustomerDialog({ customer, onClose }: DeleteCustomerDialogProps) {
  const { notices } = useServices();
  const { isBusy, errors, refuse, send } = useWrite(DELETE_CUSTOMER, (data) => data.deleteCustomer?.userErrors);
  const { id, companyName } = customer;

  async function submit(values: FormValues): Promise<void> {
    if (values.text('name') !== companyName) {
      refuse({ ...NO_ERRORS, byField: new Map([['name', `Type ${companyName} to delete it.`]]) });
      return;
    }
    if (!(await send({ input: { id } }))) return;
    notices.show({ customerId: id, text: `${companyName} is deleted.`, isOwn: true });
    onClose();
    navigate(tableAddress());
  }

  return (
    <FormDialog
      title={`Delete ${companyName}?`}
      description="All of its users and all of its data are deleted with it. This cannot be undone."
      submitLabel="Delete customer"
      isDangerous
      isBusy={isBusy}
      errors={errors}
      onSubmit={(values) => void submit(values)}
      onClose={onClose}
    >
      <TextField name="name" label="Type its name" hint={companyName} isRequired />
    </FormDialog>
  );
}
