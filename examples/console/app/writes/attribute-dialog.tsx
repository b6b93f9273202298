import { UPDATE_ATTRIBUTES } from './documents.js';
import { FormDialog } from './form-dialog.js';
import type { FormValues } from './form-values.js';
import { TextField } from './text-field.js';
import { useWrite } from './use-write.js';

interface AttributeDialogProps {
  customerId: string;
  /** The attribute to change; a new one where left out. */
  attribute?: { key: string; value: string } | undefined;
  onClose: () => void;
}

const FIELDS = ['attributes.0.key', 'attributes.0.value'];

export function AttributeDialog({ customerId, attribute, onClose }: AttributeDialogProps) {
  const { isBusy, errors, refuse, send } = useWrite(
    UPDATE_ATTRIBUTES,
    (data) => data.updateCustomerAttributes?.userErrors,
    FIELDS,
  );

  async function submit(values: FormValues): Promise<void> {
    const key = attribute?.key ?? values.requiredText('attributes.0.key');
    const value = values.requiredText('attributes.0.value');
    const wrong = values.errors();
    if (wrong) {
      refuse(wrong);
      return;
    }
    if (await send({ input: { customerId, attributes: [{ key, value }] } })) onClose();
  }

  return (
    <FormDialog
      title={attribute ? `Change ${attribute.key}` : 'New attribute'}
      submitLabel="Save"
      isBusy={isBusy}
      errors={errors}
      onSubmit={(values) => void submit(values)}
      onClose={onClose}
    >
      {!attribute && <TextField name="attributes.0.key" label="Key" hint="Letters, digits, _ and -." isRequired />}
      <TextField name="attributes.0.value" label="Value" initial={attribute?.value ?? ''} isRequired />
    </FormDialog>
  );
}
