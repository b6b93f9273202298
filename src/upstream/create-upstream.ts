import { BoundClient } from './bound-client.js';
import { CustomerAttributes } from './endpoints/customer-attributes.js';
import { Customers } from './endpoints/customers.js';
import { System } from './endpoints/system.js';
import { Users } from './endpoints/users.js';
import { Webhooks } from './endpoints/webhooks.js';
import type { ResilientClient } from './resilience/resilient-client.js';
import type { Upstream } from './upstream.js';
import type { UpstreamBinding } from './upstream-binding.js';

/** Binds the endpoints to one caller and one operation. Equal reads under way are shared, writes never are. */
export function createUpstream(client: ResilientClient, binding: UpstreamBinding): Upstream {
  const bound = new BoundClient(client, binding);
  return {
    customers: new Customers(bound),
    customerAttributes: new CustomerAttributes(bound),
    users: new Users(bound),
    webhooks: new Webhooks(bound),
    system: new System(bound),
  };
}
