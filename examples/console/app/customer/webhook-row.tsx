import { formatDay } from '../format/dates.js';
import type { WebhooksQuery } from '../gql/graphql.js';

type Webhook = NonNullable<NonNullable<WebhooksQuery['webhooks']>['nodes'][number]>;

const stateOf = ({ isEnabled, failStatus }: Webhook): string =>
  isEnabled ? 'Enabled' : failStatus === null ? 'Disabled' : `Failed with ${String(failStatus)}`;

export function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { name, url, eventTypeNames, isEnabled, expireAt } = webhook;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {name}
        <span className="row-note">{url}</span>
      </th>
      <td role="cell" className="wide mono">
        {eventTypeNames.join(', ')}
      </td>
      <td role="cell">
        <span className={isEnabled ? 'status status-active' : 'status status-off'}>{stateOf(webhook)}</span>
      </td>
      <td role="cell" className="muted" data-title="Expires">
        <time dateTime={expireAt}>{formatDay(expireAt)}</time>
      </td>
    </tr>
  );
}
