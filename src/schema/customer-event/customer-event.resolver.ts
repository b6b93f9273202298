import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { CustomerChange } from '../../subscriptions/visible-changes.js';
import type { CustomerRecord } from '../../loaders/outcomes.js';
import { Customer } from '../customer/customer.type.js';
import type { RequestContext } from '../shared/request-context.js';
import { selectedFields } from '../shared/selection.js';
import { CustomerEvent } from './customer-event.type.js';

@Resolver(() => CustomerEvent)
export class CustomerEventResolver {
  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer as it was read after the event; null if it no longer exists.',
  })
  async customer(
    @Root() { type, customerId }: CustomerChange,
    @Info() info: GraphQLResolveInfo,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CustomerRecord | null> {
    if (type === 'DELETED') return null;
    const attributes = selectedFields(info).has('customerAttributes');
    return loaders.customerById.load({ id: customerId, attributes });
  }
}
