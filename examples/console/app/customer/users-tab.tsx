import { useState } from 'react';
import { useReading } from '../client/use-reading.js';
import { ExportButton } from '../export/export-button.js';
import { filePath } from '../export/file-source.js';
import { ColumnTitles } from '../ui/column-titles.js';
import { FailurePanel } from '../ui/failure-panel.js';
import { LoadingRows } from '../ui/loading-rows.js';
import { Pager } from '../ui/pager.js';
import { TableFrame } from '../ui/table-frame.js';
import { UnreadableRow } from '../ui/unreadable-row.js';
import { CUSTOMER_USERS } from './documents.js';
import { UserRow } from './user-row.js';

const PAGE_SIZE = 10;
const TITLES = ['Name', 'Email', 'Roles', 'Status', 'Last login'];

export function UsersTab({ customerId }: { customerId: string }) {
  const [page, setPage] = useState(1);
  const { data, error, isReading, readAgain } = useReading({
    query: CUSTOMER_USERS,
    variables: { id: customerId, first: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
  });
  const users = data?.customer?.users;
  const total = Number(users?.totalCount ?? 0);
  if (error && !users) {
    return <FailurePanel error={error} onRetry={readAgain} isCompact />;
  }
  if (users && total === 0) return <p className="panel empty">This customer has no users.</p>;
  return (
    <div className="panel">
      {error && <FailurePanel error={error} onRetry={readAgain} isCompact />}
      <TableFrame label="Users" isStale={isReading}>
        <table role="table" className="table table-small" aria-busy={isReading}>
          <ColumnTitles titles={TITLES} />
          <tbody role="rowgroup">
            {users?.nodes.map((user, index) =>
              user ? (
                <UserRow key={user.id} user={user} />
              ) : (
                <UnreadableRow key={index} columns={TITLES.length} noun="user" />
              ),
            ) ?? <LoadingRows columns={TITLES.length} rows={5} />}
          </tbody>
        </table>
      </TableFrame>
      {users && (
        <>
          <Pager noun="user" page={page} pageSize={PAGE_SIZE} total={total} onPage={setPage} />
          <p className="panel-footer">
            <ExportButton source={{ path: filePath(CUSTOMER_USERS, { id: customerId }), noun: 'user', total }} />
          </p>
        </>
      )}
    </div>
  );
}
