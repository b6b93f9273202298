import { REMOVE_ATTRIBUTE } from './documents.js';
import { FormDialog } from './form-dialog.js';
import { useWrite } from './use-write.js';

interface RemoveAttributeDialogProps {
  customerId: string;
  attributeKey: string;
  onClose: () => void;
}

export function RemoveAttributeDialog({ customerId, attributeKey, onClose }: RemoveAttributeDialogProps) {
  const { isBusy, errors, send } = useWrite(REMOVE_ATTRIBUTE, (data) => data.removeCustomerAttribute?.userErrors);

  async function submit(): Promise<void> {
    if (await send({ input: { customerId, key: attributeKey } })) onClose();
  }

  return (
    <FormDialog
      title={`Remove ${attributeKey}?`}
      description="The key and its value are gone for everyone who reads this customer."
      submitLabel="Remove"
      isDangerous
      isBusy={isBusy}
      errors={errors}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
