import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { ORDER_OF_CREATION } from '../../loaders/create-loaders.js';
import { type CustomerRecord, valueOf } from '../../loaders/outcomes.js';
import { isUuid } from '../../records/formats.js';
import type { Connection } from '../shared/connection.js';
import { createConnectionType } from '../shared/connection.type.js';
import { toFilterText } from '../shared/filter-text.js';
import { notUuid, toUpstreamId } from '../../upstream/target.js';
import { toSortText } from '../shared/order.js';
import { readConnection } from '../shared/read-list.js';
import type { RequestContext } from '../shared/request-context.js';
import { UUID } from '../shared/scalars.js';
import { selectedBelow, selectedFields, selectedOfConnection } from '../shared/selection.js';
import { badUserInput } from '../../errors/gateway-error.js';
import { isAnswered } from '../federation/entity-reference.js';
import { readByUsers, type UnreadCustomer } from '../user/users-of-customer.js';
import { CustomerMatches } from './customer-matches.type.js';
import { ANSWERED_BY } from './customer.reference.js';
import { CustomerAttributes } from './customer-attributes.type.js';
import { CustomersArgs } from './customer.args.js';
import { CUSTOMER_FILTERS } from './customer.inputs.js';
import { Customer } from './customer.type.js';

const CustomerConnection = createConnectionType('Customer', Customer);
const ATTRIBUTES = 'customerAttributes';
const MAX_KEYS = 1_000;
const customersOfMatches = selectedBelow('customers');

/** @throws BAD_USER_INPUT if there are too many keys */
function checkCount(keys: readonly string[], argument: string): readonly string[] {
  if (keys.length <= MAX_KEYS) return keys;
  throw badUserInput(`${argument} takes at most ${MAX_KEYS} ids; got ${keys.length}.`, argument);
}

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, { nullable: true, description: 'One customer by its id; null if there is none.' })
  async customer(
    @Arg('id', () => ID, { description: 'The id of the customer.' }) id: string,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: RequestContext,
  ): Promise<CustomerRecord | UnreadCustomer | null> {
    const selected = selectedFields(info);
    const upstreamId = toUpstreamId(id, 'id');
    if (selected.has('users') && isAnswered(selected, ANSWERED_BY.id)) return readByUsers(upstreamId, info, context);
    const attributes = selected.has(ATTRIBUTES);
    const customer = await context.loaders.customerById.load({ id: upstreamId, attributes });
    context.freshness.place(info.path, customer);
    return customer;
  }

  @Query(() => Customer, { nullable: true, description: 'One customer by its UUID; null if there is none.' })
  async customerByUuid(
    @Arg('customerUuid', () => UUID, { description: 'The UUID of the customer.' }) uuid: string,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<CustomerRecord | null> {
    const attributes = selectedFields(info).has(ATTRIBUTES);
    const customer = await loaders.customerByUuid.load({ uuid, attributes });
    if (customer === null && !isUuid(uuid)) throw notUuid('customerUuid');
    freshness.place(info.path, customer);
    return customer;
  }

  @Query(() => [Customer], {
    nullable: 'itemsAndList',
    description:
      'Up to 1,000 customers by their ids, in the order of the ids, null if there is none. Read together, in few requests.',
  })
  customersByIds(
    @Arg('ids', () => [ID], { description: 'The ids of the customers, at most 1,000.' }) ids: string[],
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<CustomerRecord | null>[] {
    const attributes = selectedFields(info).has(ATTRIBUTES);
    return checkCount(ids, 'ids').map(async (id, key) => {
      const customer = await loaders.customerById.load({ id: toUpstreamId(id, `ids.${key}`), attributes });
      freshness.place({ prev: info.path, key, typename: undefined }, customer);
      return customer;
    });
  }

  @Query(() => [CustomerMatches], {
    nullable: 'itemsAndList',
    description:
      "The customers that have the provider's own ids, in the order of the ids, up to 1,000 of them. Read together: in at most one request for each id, and one more than the list of customers has pages of 500.",
  })
  customersByProviderCustomerIds(
    @Arg('providerCustomerIds', () => [String], { description: "The provider's own ids, at most 1,000. Case counts." })
    ids: string[],
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CustomerMatches>[] {
    const attributes = customersOfMatches(info).has(ATTRIBUTES);
    return checkCount(ids, 'providerCustomerIds').map(async (providerCustomerId, index) => {
      const argument = `providerCustomerIds.${index}`;
      if (providerCustomerId === '') throw badUserInput(`${argument} must not be empty.`, argument);
      const customers = await loaders.customersByProviderId.load({ providerCustomerId, attributes });
      return { providerCustomerId, customers };
    });
  }

  @Query(() => CustomerConnection, { nullable: true, description: 'Customers of the provider, a page at a time.' })
  customers(
    @Args(() => CustomersArgs) args: CustomersArgs,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders, freshness }: RequestContext,
  ): Promise<Connection<CustomerRecord>> {
    const selection = selectedOfConnection(info);
    const includeAttributes = selection.itemFields.has(ATTRIBUTES);
    const filter = toFilterText(CUSTOMER_FILTERS, args.filter);
    const sort = toSortText(args.orderBy);
    return readConnection<CustomerRecord>({
      noun: 'customers',
      args,
      filter,
      sort: sort ?? ORDER_OF_CREATION,
      selection,
      dayOffset: loaders.dayOffset,
      load: (window) => loaders.customerPage.load({ ...window, filter, sort, includeAttributes }),
      placed: (page) => freshness.place(info.path, page),
    });
  }

  @Extensions({ prefersProperty: true })
  @FieldResolver(() => CustomerAttributes, {
    nullable: true,
    description: 'Free keys and values that the provider keeps with the customer.',
  })
  customerAttributes(@Root() customer: CustomerRecord, @Ctx() { loaders }: RequestContext): unknown {
    // Given at once if they are known, as they are for every item of a list that selects them.
    if (customer.customerAttributes !== undefined) return customer.customerAttributes;
    return loaders.customerById
      .load({ id: valueOf(customer.id), attributes: true })
      .then((known) => known?.customerAttributes);
  }
}
