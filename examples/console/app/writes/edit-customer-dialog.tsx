import { useServices } from '../client/services.js';
import { formatExactBytes } from '../format/bytes.js';
import { toBigInt, UNLIMITED } from '../format/long.js';
import type { CustomerQuery, UpdateCustomerInput } from '../gql/graphql.js';
import { ContractField, toContract } from './contract-field.js';
import { UPDATE_CUSTOMER } from './documents.js';
import { FormDialog } from './form-dialog.js';
import type { FormValues } from './form-values.js';
import { QuotaField } from './quota-field.js';
import { TextField } from './text-field.js';
import { useWrite } from './use-write.js';

type Customer = NonNullable<CustomerQuery['customer']>;

const FIELDS = ['companyName', 'customerContractType', 'providerCustomerId', 'quotaMax', 'userMax'];

/** Only what differs from what was shown, so that what others have changed meanwhile stays. The contract always goes along. */
function toChanges(values: FormValues, customer: Customer): UpdateCustomerInput {
  const companyName = values.requiredText('companyName');
  const providerCustomerId = values.text('providerCustomerId');
  const quotaMax = values.quota('quotaMax');
  const userMax = values.count('userMax');
  return {
    id: customer.id,
    customerContractType: toContract(values.text('customerContractType')),
    ...(companyName !== customer.companyName && { companyName }),
    ...(providerCustomerId !== (customer.providerCustomerId ?? '') && { providerCustomerId }),
    ...(quotaMax !== String(customer.quotaMax) && { quotaMax }),
    ...(userMax !== customer.userMax && { userMax }),
  };
}

export function EditCustomerDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { notices } = useServices();
  const { isBusy, errors, refuse, send } = useWrite(UPDATE_CUSTOMER, (data) => data.updateCustomer?.userErrors, FIELDS);

  async function submit(values: FormValues): Promise<void> {
    const input = toChanges(values, customer);
    const wrong = values.errors();
    if (wrong) {
      refuse(wrong);
      return;
    }
    const changed = (await send({ input }))?.updateCustomer?.customer;
    if (!changed) return;
    notices.show({ customerId: changed.id, text: `${changed.companyName} is saved.`, isOwn: true });
    onClose();
  }

  const quotaMax = toBigInt(customer.quotaMax);
  const quotaHint = quotaMax === UNLIMITED ? 'At least 1 MiB.' : `Now ${formatExactBytes(quotaMax)}.`;

  return (
    <FormDialog
      title="Edit customer"
      submitLabel="Save changes"
      isBusy={isBusy}
      errors={errors}
      onSubmit={(values) => void submit(values)}
      onClose={onClose}
    >
      <TextField name="companyName" label="Company name" initial={customer.companyName} isRequired />
      <div className="columns">
        <ContractField initial={customer.customerContractType} />
        <TextField name="providerCustomerId" label="Your own id" initial={customer.providerCustomerId ?? ''} />
      </div>
      <QuotaField name="quotaMax" label="Storage" initial={quotaMax} hint={quotaHint} />
      <TextField name="userMax" label="Users" inputMode="numeric" initial={String(customer.userMax)} isRequired />
    </FormDialog>
  );
}
