import { useState } from 'react';
import { useReading } from '../client/use-reading.js';
import { ColumnTitles } from '../ui/column-titles.js';
import { FailurePanel } from '../ui/failure-panel.js';
import { LoadingRows } from '../ui/loading-rows.js';
import { Pager } from '../ui/pager.js';
import { TableFrame } from '../ui/table-frame.js';
import { UnreadableRow } from '../ui/unreadable-row.js';
import { WEBHOOKS } from './documents.js';
import { WebhookRow } from './webhook-row.js';

const PAGE_SIZE = 10;
const TITLES = ['Webhook', 'Called for', 'State', 'Expires'];

/** The provider's webhooks, which tell of this customer as of every other. */
export function WebhooksTab() {
  const [page, setPage] = useState(1);
  const { data, error, isReading, readAgain } = useReading({
    query: WEBHOOKS,
    variables: { first: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
  });
  const webhooks = data?.webhooks;
  const total = Number(webhooks?.totalCount ?? 0);
  if (error && !webhooks) {
    return <FailurePanel error={error} onRetry={readAgain} isCompact />;
  }
  if (webhooks && total === 0) return <p className="panel empty">There are no webhooks.</p>;
  return (
    <div className="panel">
      <p className="panel-note">Webhooks belong to the provider: they tell of this customer as of every other.</p>
      {error && <FailurePanel error={error} onRetry={readAgain} isCompact />}
      <TableFrame label="Webhooks" isStale={isReading}>
        <table role="table" className="table table-small" aria-busy={isReading}>
          <ColumnTitles titles={TITLES} />
          <tbody role="rowgroup">
            {webhooks?.nodes.map((webhook, index) =>
              webhook ? (
                <WebhookRow key={webhook.id} webhook={webhook} />
              ) : (
                <UnreadableRow key={index} columns={TITLES.length} noun="webhook" />
              ),
            ) ?? <LoadingRows columns={TITLES.length} rows={5} />}
          </tbody>
        </table>
      </TableFrame>
      {webhooks && <Pager noun="webhook" page={page} pageSize={PAGE_SIZE} total={total} onPage={setPage} />}
    </div>
  );
}
