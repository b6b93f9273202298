import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { type CustomerRecord, valueOf } from '../../loaders/outcomes.js';
import type { Decoded } from '../../records/decode.js';
import { Customer } from '../customer/customer.type.js';
import type { Connection } from '../shared/connection.js';
import { createConnectionType } from '../shared/connection.type.js';
import { readConnection } from '../shared/read-list.js';
import type { RequestContext } from '../shared/request-context.js';
import { selectedOfConnection } from '../shared/selection.js';
import { UsersArgs } from './user.inputs.js';
import { User } from './user.type.js';
import { toUserPageKey, type UnreadCustomer } from './users-of-customer.js';

const UserConnection = createConnectionType('User', User);

@Resolver(() => Customer)
export class CustomerUsersResolver {
  @FieldResolver(() => UserConnection, {
    nullable: true,
    description:
      'The users of the customer, a page at a time. Costs one upstream request for each customer; null, with an error at its path, if that request failed.',
  })
  users(
    @Root() customer: Pick<CustomerRecord, 'id'> & Partial<Pick<UnreadCustomer, 'failed'>>,
    @Args(() => UsersArgs) args: UsersArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<Connection<Decoded<'UserItem'>>> {
    const key = toUserPageKey(valueOf(customer.id), args, info);
    const { failed } = customer;
    if (failed && failed.key === JSON.stringify(key)) throw failed.error;
    return readConnection<Decoded<'UserItem'>>({
      noun: 'users',
      args,
      filter: key.filter,
      sort: key.sort,
      selection: selectedOfConnection(info),
      dayOffset: loaders.dayOffset,
      load: ({ offset, limit, day }) => loaders.userPage.load({ ...key, offset, limit, day }),
      placed: (page) => freshness.place(info.path, page),
    });
  }
}
