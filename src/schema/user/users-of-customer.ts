import { getArgumentValues, isObjectType, type GraphQLResolveInfo } from 'graphql';
import { isAbsence } from '../../loaders/outcomes.js';
import type { UserPageKey } from '../../loaders/create-loaders.js';
import type { RequestContext } from '../shared/request-context.js';
import { toFilterText } from '../shared/filter-text.js';
import { nameArgument } from '../shared/name-argument.js';
import { toSortText } from '../shared/order.js';
import { toWindow } from '../shared/page.args.js';
import { selectedNodes, selectedOfConnection, type FieldInfo } from '../shared/selection.js';
import { USER_FILTERS, type UsersArgs } from './user.inputs.js';

/** A customer that was not read: its users have told that it is there, or why they could not. */
export interface UnreadCustomer {
  readonly __typename: 'Customer';
  readonly id: string;
  readonly failed: { readonly key: string; readonly error: unknown } | undefined;
}

/** The page of users that a field `users` stands for. @throws BAD_USER_INPUT */
export function toUserPageKey(customerId: string, args: UsersArgs, info: FieldInfo): UserPageKey {
  const { offset, limit } = toWindow(args);
  const { itemFields, onlyCounts } = selectedOfConnection(info);
  return {
    customerId,
    offset,
    limit: onlyCounts ? 1 : limit,
    filter: toFilterText(USER_FILTERS, args.filter),
    sort: toSortText(args.orderBy),
    includeAttributes: itemFields.has('userAttributes'),
    includeRoles: itemFields.has('userRoles'),
    includeManageableRooms: itemFields.has('hasManageableRooms'),
  };
}

const usersNodes = selectedNodes('users');

/**
 * The first page of users that is selected on the customer being resolved. `later` if they follow a cursor, and `unfit` if their
 * arguments do not fit.
 */
function firstPageKey(customerId: string, info: GraphQLResolveInfo): UserPageKey | 'later' | 'unfit' {
  const fieldNodes = usersNodes(info);
  const [node] = fieldNodes;
  const type = info.schema.getType('Customer');
  const field = isObjectType(type) ? type.getFields()['users'] : undefined;
  if (!node || !field) return 'unfit';
  try {
    const args = getArgumentValues(field, node, info.variableValues) as unknown as UsersArgs;
    return args.after == null ? toUserPageKey(customerId, args, { ...info, fieldNodes }) : 'later';
  } catch {
    return 'unfit';
  }
}

const __typename = 'Customer';

/** A customer of whom only its id and its users are selected, which the users alone tell of; null if there is none. */
export async function readByUsers(
  id: string,
  info: GraphQLResolveInfo,
  { loaders }: RequestContext,
): Promise<UnreadCustomer | null> {
  const unread: UnreadCustomer = { __typename, id, failed: undefined };
  const key = firstPageKey(id, info);
  if (key === 'unfit') return unread;
  if (key === 'later') return (await loaders.customerById.load({ id, attributes: false })) && unread;
  try {
    await loaders.userPage.load(key);
    return unread;
  } catch (failure) {
    const error = nameArgument(failure, { filter: key.filter, args: { offset: key.offset || null } });
    return isAbsence(error, 'customer') ? null : { ...unread, failed: { key: JSON.stringify(key), error } };
  }
}
