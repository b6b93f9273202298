import { useState } from 'react';
import { ColumnTitles } from '../ui/column-titles.js';
import { Icon } from '../ui/icon.js';
import { TableFrame } from '../ui/table-frame.js';
import { AttributeDialog } from '../writes/attribute-dialog.js';
import { RemoveAttributeDialog } from '../writes/remove-attribute-dialog.js';
import { AttributeRow, type Attribute } from './attribute-row.js';

interface AttributesTabProps {
  customerId: string;
  attributes: readonly Attribute[];
}

type Dialog = { kind: 'set'; attribute?: Attribute } | { kind: 'remove'; attribute: Attribute };

export function AttributesTab({ customerId, attributes }: AttributesTabProps) {
  const [dialog, setDialog] = useState<Dialog>();
  const close = (): void => setDialog(undefined);
  return (
    <div className="panel">
      {attributes.length === 0 ? (
        <p className="empty">This customer has no attributes.</p>
      ) : (
        <TableFrame label="Attributes">
          <table role="table" className="table table-small">
            <ColumnTitles titles={['Key', 'Value', 'Actions']} />
            <tbody role="rowgroup">
              {attributes.map((attribute) => (
                <AttributeRow
                  key={attribute.key}
                  attribute={attribute}
                  onChange={() => setDialog({ kind: 'set', attribute })}
                  onRemove={() => setDialog({ kind: 'remove', attribute })}
                />
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
      <p className="panel-footer">
        <button type="button" className="button" onClick={() => setDialog({ kind: 'set' })}>
          <Icon name="plus" />
          New attribute
        </button>
      </p>
      {dialog?.kind === 'set' && (
        <AttributeDialog customerId={customerId} attribute={dialog.attribute} onClose={close} />
      )}
      {dialog?.kind === 'remove' && (
        <RemoveAttributeDialog customerId={customerId} attributeKey={dialog.attribute.key} onClose={close} />
      )}
    </div>
  );
}
