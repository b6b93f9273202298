import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { CustomerRecord, Page } from '../shared/customer-loaders.js';
import type { SharedContext } from '../shared/schema.js';
import { selects } from '../shared/selects.js';
import { Customer, CustomerConnection, UserConnection } from './types.js';

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, { nullable: true })
  async customer(@Arg('id', () => ID) id: string, @Ctx() { loaders }: SharedContext): Promise<CustomerRecord | null> {
    return loaders.customerById.load(id);
  }

  @Query(() => CustomerConnection)
  async customers(
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0 }) offset: number,
    @Ctx() { loaders }: SharedContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page> {
    return loaders.customers({ first, offset, includeAttributes: selects(info, 'customerAttributes') });
  }

  @FieldResolver(() => UserConnection)
  async users(
    @Root() { id }: CustomerRecord,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Ctx() { loaders }: SharedContext,
  ): Promise<Page> {
    return loaders.usersOf(id, first);
  }
}
