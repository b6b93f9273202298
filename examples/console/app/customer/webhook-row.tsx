import { formatDay } from '../format/dates.js';
import type { WebhooksQuery } from '../gql/graphql.js';

type Webhook = NonNullable<NonNullable<WebhooksQuery['webhooks']>['nodes'][number]>;

const stateOf = ({ isEnabled, failStatus }: Webhook): string =>
  isEnabled ? 'Enabled' : failStatus === null ? 'Disabled' : `Failed with ${String(failStatus)}`;

export function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { name, url, eventTypeNames, isEnabled, expireAt } = webhook;
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="row-note">{url}</span>
      </th>
      <td className="wide mono">{eventTypeNames.join(', ')}</td>
      <td>
        <span className={isEnabled ? 'status status-active' : 'status status-off'}>{stateOf(webhook)}</span>
      </td>
      <td className="muted">
        <time dateTime={expireAt}>{formatDay(expireAt)}</time>
      </td>
    </tr>
  );
}
