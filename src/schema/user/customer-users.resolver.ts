import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { valueOf, type CustomerRecord } from '../../loaders/customer-record.js';
import type { Decoded } from '../../upstream/decode.js';
import { Customer } from '../customer/customer.type.js';
import { Connection } from '../shared/connection.js';
import { createConnectionType } from '../shared/connection.type.js';
import { toFilterText } from '../shared/filter-text.js';
import { toSortText } from '../shared/order.js';
import { toWindow } from '../shared/page.args.js';
import type { RequestContext } from '../shared/request-context.js';
import { selectedOfConnection } from '../shared/selection.js';
import { USER_FILTERS, UsersArgs } from './user.inputs.js';
import { User } from './user.type.js';

const UserConnection = createConnectionType('User', User);

@Resolver(() => Customer)
export class CustomerUsersResolver {
  @FieldResolver(() => UserConnection, {
    nullable: true,
    description:
      'The users of the customer, a page at a time. Costs one upstream request for each customer; null, beside an error with its path, where that request failed.',
  })
  users(
    @Root() customer: Pick<CustomerRecord, 'id'>,
    @Args(() => UsersArgs) args: UsersArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<Connection<Decoded<'UserItem'>>> {
    const { offset, limit } = toWindow(args);
    const { itemFields, onlyCounts } = selectedOfConnection(info);
    const read = loaders.userPage.load({
      customerId: valueOf(customer.id),
      offset,
      limit: onlyCounts ? 1 : limit,
      filter: toFilterText(USER_FILTERS, args.filter),
      sort: toSortText(args.orderBy),
      includeAttributes: itemFields.has('userAttributes'),
      includeRoles: itemFields.has('userRoles'),
      includeManageableRooms: itemFields.has('hasManageableRooms'),
    });
    return read.then((page) => {
      freshness.place(info.path, page);
      return new Connection(page);
    });
  }
}
