import { useState } from 'react';
import { countOf, formatCount } from '../format/count.js';
import { DELETE_CUSTOMERS, UPDATE_CUSTOMERS, UPDATE_CUSTOMERS_ATTRIBUTES } from '../writes/documents.js';
import { NO_ERRORS, type FieldErrors } from '../writes/field-errors.js';
import { FormDialog } from '../writes/form-dialog.js';
import type { FormValues } from '../writes/form-values.js';
import { TextField } from '../writes/text-field.js';
import { BulkOutcome } from './bulk-outcome.js';
import type { CustomerOutcome, SelectedCustomer } from './selected-customer.js';
import { useBulkWrite, type BulkWrite } from './use-bulk-write.js';

interface BulkDialogProps {
  customers: readonly SelectedCustomer[];
  /** Receives the results so far. */
  onClose: (outcomes: readonly CustomerOutcome[]) => void;
}

const outcomeOf = ({ outcomes, isBusy }: BulkWrite, total: number) =>
  outcomes && <BulkOutcome outcomes={outcomes} total={total} isBusy={isBusy} />;

/** Stops a write that is under way, or else closes its dialog. */
const closeOf = ({ outcomes = [], isBusy, stop }: BulkWrite, onClose: BulkDialogProps['onClose']) =>
  isBusy ? stop : () => onClose(outcomes);

/** Locks customers, or unlocks them. */
export function LockCustomersDialog({ customers, isLocked, onClose }: BulkDialogProps & { isLocked: boolean }) {
  const write = useBulkWrite(
    UPDATE_CUSTOMERS,
    // The type that was read may be outdated by now, and sending it would undo a change: the gateway reads it.
    (some) => ({ input: { customers: some.map(({ id }) => ({ id, isLocked })) } }),
    (data) => data.updateCustomers?.results,
  );
  const count = countOf(customers.length, 'customer');
  return (
    <FormDialog
      title={`${isLocked ? 'Lock' : 'Unlock'} ${count}?`}
      description={
        isLocked
          ? 'None of their users can log in until they are unlocked. No data is lost.'
          : 'Their users can log in again at once.'
      }
      submitLabel={isLocked ? 'Lock' : 'Unlock'}
      isDangerous={isLocked}
      isBusy={write.isBusy}
      errors={NO_ERRORS}
      outcome={outcomeOf(write, customers.length)}
      onSubmit={() => void write.send(customers)}
      onClose={closeOf(write, onClose)}
    />
  );
}

/** Gives customers one attribute. */
export function TagCustomersDialog({ customers, onClose }: BulkDialogProps) {
  const [attribute, setAttribute] = useState({ key: '', value: '' });
  const [errors, setErrors] = useState<FieldErrors>(NO_ERRORS);
  const [isReady, setReady] = useState(false);
  return isReady ? (
    <SendTags customers={customers} attribute={attribute} onClose={onClose} />
  ) : (
    <FormDialog
      title={`Tag ${countOf(customers.length, 'customer')}`}
      description="The attribute is added, or overwritten; others stay as they are."
      submitLabel="Continue"
      isBusy={false}
      errors={errors}
      onSubmit={(values) => {
        const given = { key: values.requiredText('key'), value: values.requiredText('value') };
        const wrong = values.errors();
        setErrors(wrong ?? NO_ERRORS);
        setAttribute(given);
        setReady(wrong === undefined);
      }}
      onClose={() => onClose([])}
    >
      <TextField name="key" label="Key" hint="Letters, digits, _ and -." isRequired />
      <TextField name="value" label="Value" isRequired />
    </FormDialog>
  );
}

interface SendTagsProps extends BulkDialogProps {
  attribute: { key: string; value: string };
}

function SendTags({ customers, attribute, onClose }: SendTagsProps) {
  const write = useBulkWrite(
    UPDATE_CUSTOMERS_ATTRIBUTES,
    (some) => ({ input: { customers: some.map(({ id }) => ({ customerId: id, attributes: [attribute] })) } }),
    (data) => data.updateCustomersAttributes?.results,
  );
  return (
    <FormDialog
      title={`Set ${attribute.key} of ${countOf(customers.length, 'customer')} to ${attribute.value}?`}
      submitLabel="Tag"
      isBusy={write.isBusy}
      errors={NO_ERRORS}
      outcome={outcomeOf(write, customers.length)}
      onSubmit={() => void write.send(customers)}
      onClose={closeOf(write, onClose)}
    />
  );
}

/** Deletes customers whose number was typed, so that no more are deleted than were meant. */
export function DeleteCustomersDialog({ customers, onClose }: BulkDialogProps) {
  const [errors, setErrors] = useState<FieldErrors>(NO_ERRORS);
  const write = useBulkWrite(
    DELETE_CUSTOMERS,
    (some) => ({ input: { ids: some.map(({ id }) => id) } }),
    (data) => data.deleteCustomers?.results,
  );
  const count = formatCount(customers.length);

  function submit(values: FormValues): void {
    const isMeant = values.text('count') === String(customers.length);
    setErrors(
      isMeant ? NO_ERRORS : { ...NO_ERRORS, byField: new Map([['count', `Type ${customers.length} to delete them.`]]) },
    );
    if (isMeant) void write.send(customers);
  }

  return (
    <FormDialog
      title={`Delete ${countOf(customers.length, 'customer')}?`}
      description="All of their users and all of their data are deleted with them. This cannot be undone."
      submitLabel="Delete customers"
      isDangerous
      isBusy={write.isBusy}
      errors={errors}
      outcome={outcomeOf(write, customers.length)}
      onSubmit={submit}
      onClose={closeOf(write, onClose)}
    >
      <TextField name="count" label="Type how many" hint={count} inputMode="numeric" isRequired />
    </FormDialog>
  );
}
