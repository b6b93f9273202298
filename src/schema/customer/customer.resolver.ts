import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { valueOf, type CustomerRecord } from '../../loaders/customer-record.js';
import { Connection } from '../shared/connection.js';
import { createConnectionType } from '../shared/connection.type.js';
import { toFilterText } from '../shared/filter-text.js';
import { toUpstreamId } from '../shared/id-argument.js';
import { toSortText } from '../shared/order.js';
import { toWindow } from '../shared/page.args.js';
import type { RequestContext } from '../shared/request-context.js';
import { UUID } from '../shared/scalars.js';
import { selectedFields, selectedOfConnection } from '../shared/selection.js';
import { CustomerAttributes } from './customer-attributes.type.js';
import { CustomersArgs } from './customer.args.js';
import { CUSTOMER_FILTERS } from './customer.inputs.js';
import { Customer } from './customer.type.js';

const CustomerConnection = createConnectionType('Customer', Customer);
const ATTRIBUTES = 'customerAttributes';

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, { nullable: true, description: 'One customer by its id; null where there is none.' })
  async customer(
    @Arg('id', () => ID, { description: 'The id of the customer.' }) id: string,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<CustomerRecord | null> {
    const attributes = selectedFields(info).has(ATTRIBUTES);
    const customer = await loaders.customerById.load({ id: toUpstreamId(id, 'id'), attributes });
    freshness.place(info.path, customer);
    return customer;
  }

  @Query(() => Customer, { nullable: true, description: 'One customer by its UUID; null where there is none.' })
  async customerByUuid(
    @Arg('customerUuid', () => UUID, { description: 'The UUID of the customer.' }) uuid: string,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<CustomerRecord | null> {
    const attributes = selectedFields(info).has(ATTRIBUTES);
    const customer = await loaders.customerByUuid.load({ uuid, attributes });
    freshness.place(info.path, customer);
    return customer;
  }

  @Query(() => CustomerConnection, { description: 'Customers of the provider, a page at a time.' })
  async customers(
    @Args(() => CustomersArgs) args: CustomersArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<Connection<CustomerRecord>> {
    const { offset, limit } = toWindow(args);
    const { itemFields, onlyCounts } = selectedOfConnection(info);
    const page = await loaders.customerPage.load({
      offset,
      limit: onlyCounts ? 1 : limit,
      filter: toFilterText(CUSTOMER_FILTERS, args.filter),
      sort: toSortText(args.orderBy),
      includeAttributes: itemFields.has(ATTRIBUTES),
    });
    freshness.place(info.path, page);
    return new Connection(page, itemFields.has('users'));
  }

  @Extensions({ prefersProperty: true })
  @FieldResolver(() => CustomerAttributes, {
    nullable: true,
    description: 'Free keys and values that the provider keeps with the customer.',
  })
  customerAttributes(@Root() customer: CustomerRecord, @Ctx() { loaders }: RequestContext): unknown {
    // Given at once where they are known, as they are for every item of a list that selects them.
    if (customer.customerAttributes !== undefined) return customer.customerAttributes;
    return loaders.customerById
      .load({ id: valueOf(customer.id), attributes: true })
      .then((known) => known?.customerAttributes);
  }
}
