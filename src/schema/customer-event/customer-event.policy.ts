import { NULL_BY_ERROR, ONE_REQUEST, PLAIN, type FieldPolicies, type NounPolicy } from '../shared/policy.js';
import type { CustomerEventResolver } from './customer-event.resolver.js';
import type { CustomerEvent } from './customer-event.type.js';

export const CUSTOMER_EVENT_POLICY: NounPolicy = {
  CustomerEvent: {
    fields: {
      type: PLAIN,
      customerId: PLAIN,
      cursor: PLAIN,
      occurredAt: PLAIN,
      customer: { directives: ONE_REQUEST, upstream: ['requestCustomer'] },
    } satisfies FieldPolicies<CustomerEvent & CustomerEventResolver>,
  },
  Subscription: { fields: { customerEvents: { access: 'customers:read', directives: NULL_BY_ERROR } } },
};
