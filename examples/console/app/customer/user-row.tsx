import { formatDistance, formatInstant } from '../format/dates.js';
import type { CustomerUsersQuery } from '../gql/graphql.js';
import { LockBadge } from '../ui/lock-badge.js';

type User = NonNullable<NonNullable<NonNullable<CustomerUsersQuery['customer']>['users']>['nodes'][number]>;

/** Everyone has this one. */
const PLAIN_ROLE = 'USER';

/** `CONFIG_MANAGER` as people read it. */
const toWords = (role: string): string => role.charAt(0) + role.slice(1).toLowerCase().replaceAll('_', ' ');

export function UserRow({ user }: { user: User }) {
  const { firstName, lastName, userName, email, isLocked, lastLoginSuccessAt, userRoles } = user;
  const roles = (userRoles?.items ?? []).map(({ name }) => name).filter((name) => name !== PLAIN_ROLE);
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {firstName} {lastName}
        {userName !== email && <span className="row-note">{userName}</span>}
      </th>
      <td role="cell" className="muted wide">
        {email ?? '–'}
      </td>
      <td role="cell" className="muted wide">
        {roles.length > 0 ? roles.map(toWords).join(', ') : 'User'}
      </td>
      <td role="cell">
        <LockBadge isLocked={isLocked} />
      </td>
      <td role="cell" className="muted" data-title="Last login">
        {lastLoginSuccessAt === null ? (
          'Never'
        ) : (
          <time dateTime={lastLoginSuccessAt} title={formatInstant(lastLoginSuccessAt)}>
            {formatDistance(lastLoginSuccessAt, Date.now())}
          </time>
        )}
      </td>
    </tr>
  );
}
