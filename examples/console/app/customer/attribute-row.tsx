import type { CustomerQuery } from '../gql/graphql.js';
import { Icon } from '../ui/icon.js';

export type Attribute = NonNullable<NonNullable<CustomerQuery['customer']>['customerAttributes']>['items'][number];

interface AttributeRowProps {
  attribute: Attribute;
  onChange: () => void;
  onRemove: () => void;
}

export function AttributeRow({ attribute: { key, value }, onChange, onRemove }: AttributeRowProps) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader" className="mono">
        {key}
      </th>
      <td role="cell" className="wide">
        {value}
      </td>
      <td role="cell" className="row-actions">
        <button type="button" className="icon-button" onClick={onChange}>
          <Icon name="edit" />
          <span className="visually-hidden">Change {key}</span>
        </button>
        <button type="button" className="icon-button" onClick={onRemove}>
          <Icon name="remove" />
          <span className="visually-hidden">Remove {key}</span>
        </button>
      </td>
    </tr>
  );
}
