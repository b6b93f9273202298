import { useServices } from '../client/services.js';
import { navigate } from '../navigation/location-store.js';
import { customerPath } from '../navigation/route.js';
import { ContractField, toContract } from './contract-field.js';
import { CREATE_CUSTOMER } from './documents.js';
import { FormDialog } from './form-dialog.js';
import type { FormValues } from './form-values.js';
import { QuotaField } from './quota-field.js';
import { TextField } from './text-field.js';
import { useWrite } from './use-write.js';

const FIELDS = [
  'companyName',
  'customerContractType',
  'providerCustomerId',
  'quotaMax',
  'userMax',
  'firstAdminUser.firstName',
  'firstAdminUser.lastName',
  'firstAdminUser.email',
  'firstAdminUser.userName',
];

const FIRST_QUOTA = 100n * 1024n ** 3n;

/** What `createCustomer` takes; what was left empty is left out. */
function toInput(values: FormValues) {
  const companyName = values.requiredText('companyName');
  const providerCustomerId = values.optionalText('providerCustomerId');
  const email = values.optionalText('firstAdminUser.email');
  const userName = values.optionalText('firstAdminUser.userName');
  return {
    companyName,
    customerContractType: toContract(values.text('customerContractType')),
    ...(providerCustomerId && { providerCustomerId }),
    quotaMax: values.quota('quotaMax'),
    userMax: values.count('userMax'),
    firstAdminUser: {
      firstName: values.requiredText('firstAdminUser.firstName'),
      lastName: values.requiredText('firstAdminUser.lastName'),
      ...(email && { email }),
      ...(userName && { userName }),
    },
  };
}

export function CreateCustomerDialog({ onClose }: { onClose: () => void }) {
  const { notices } = useServices();
  const { isBusy, errors, refuse, send } = useWrite(CREATE_CUSTOMER, (data) => data.createCustomer?.userErrors, FIELDS);

  async function submit(values: FormValues): Promise<void> {
    const input = toInput(values);
    const wrong = values.errors();
    if (wrong) {
      refuse(wrong);
      return;
    }
    const customer = (await send({ input }))?.createCustomer?.customer;
    if (!customer) return;
    notices.show({ customerId: customer.id, text: `${customer.companyName} is created.`, isOwn: true });
    onClose();
    navigate(customerPath(customer.id));
  }

  return (
    <FormDialog
      title="New customer"
      submitLabel="Create customer"
      isBusy={isBusy}
      errors={errors}
      onSubmit={(values) => void submit(values)}
      onClose={onClose}
    >
      <TextField name="companyName" label="Company name" isRequired />
      <div className="columns">
        <ContractField initial="PAY" />
        <TextField name="providerCustomerId" label="Your own id" />
      </div>
      <QuotaField name="quotaMax" label="Storage" initial={FIRST_QUOTA} hint="At least 1 MiB." />
      <TextField name="userMax" label="Users" inputMode="numeric" initial="25" isRequired />
      <fieldset className="group">
        <legend>First administrator</legend>
        <div className="columns">
          <TextField name="firstAdminUser.firstName" label="First name" isRequired />
          <TextField name="firstAdminUser.lastName" label="Last name" isRequired />
        </div>
        <div className="columns">
          <TextField name="firstAdminUser.email" label="Email" type="email" hint="DRACOON writes to this address." />
          <TextField name="firstAdminUser.userName" label="User name" hint="The email address, if omitted." />
        </div>
      </fieldset>
    </FormDialog>
  );
}
