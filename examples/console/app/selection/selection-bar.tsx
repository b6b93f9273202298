import { useState } from 'react';
import { countOf } from '../format/count.js';
import { DeleteCustomersDialog, LockCustomersDialog, TagCustomersDialog } from './bulk-dialogs.js';
import { afterWrite, type CustomerOutcome, type Selection } from './selected-customer.js';

interface SelectionBarProps {
  selection: Selection;
  onChange: (selection: Selection) => void;
}

type Action = 'lock' | 'unlock' | 'tag' | 'delete';

/** What can be done with the selected customers. */
export function SelectionBar({ selection, onChange }: SelectionBarProps) {
  const [action, setAction] = useState<Action>();
  const customers = [...selection.values()];
  const onClose = (outcomes: readonly CustomerOutcome[]): void => {
    setAction(undefined);
    onChange(afterWrite(selection, outcomes));
  };
  const dialogs: Readonly<Record<Action, () => React.JSX.Element>> = {
    lock: () => <LockCustomersDialog customers={customers} isLocked onClose={onClose} />,
    unlock: () => <LockCustomersDialog customers={customers} isLocked={false} onClose={onClose} />,
    tag: () => <TagCustomersDialog customers={customers} onClose={onClose} />,
    delete: () => <DeleteCustomersDialog customers={customers} onClose={onClose} />,
  };
  const buttonOf = (name: Action, label: string) => (
    <button type="button" className="button button-small" onClick={() => setAction(name)}>
      {label}
    </button>
  );
  return (
    <section className="toolbar" aria-label="Selected customers">
      <strong className="selection-count" role="status">
        {countOf(customers.length, 'customer')} selected
      </strong>
      {buttonOf('lock', 'Lock selected')}
      {buttonOf('unlock', 'Unlock selected')}
      {buttonOf('tag', 'Tag selected')}
      {buttonOf('delete', 'Delete selected')}
      <button type="button" className="button button-small" onClick={() => onChange(new Map())}>
        Clear selection
      </button>
      {action && dialogs[action]()}
    </section>
  );
}
