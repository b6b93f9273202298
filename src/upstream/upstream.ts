import type { Decoded } from '../records/decode.js';
import type { components } from './generated/openapi.js';
import type { ListQuery } from './target.js';
import type { BoundClient } from './calls/bound-client.js';
import { CustomerAttributes } from './endpoints/customer-attributes.js';
import { Customers } from './endpoints/customers.js';
import { System } from './endpoints/system.js';
import { Users } from './endpoints/users.js';
import { Webhooks } from './endpoints/webhooks.js';

type Schemas = components['schemas'];

export interface UserListQuery extends ListQuery {
  includeAttributes: boolean;
  includeRoles: boolean;
  includeManageableRooms: boolean;
}

/**
 * The upstream as one caller sees it: every operation of the OpenAPI document, typed, checked on arrival.
 * Each call is one HTTP request. @throws UpstreamFailure, or ContractViolation if an answer is no object at all
 */
export interface Upstream {
  customers: {
    /** requestCustomers */
    list(
      query: ListQuery & { includeAttributes: boolean },
    ): Promise<Decoded<'CustomerList' | 'CustomerListWithoutAttributes'>>;
    /** requestCustomer */
    get(
      id: string,
      options: { includeAttributes: boolean },
    ): Promise<Decoded<'Customer' | 'CustomerWithoutAttributes'>>;
    /** createCustomer */
    create(body: Schemas['NewCustomerRequest']): Promise<Decoded<'NewCustomerResponse'>>;
    /** updateCustomer */
    update(id: string, body: Schemas['UpdateCustomerRequest']): Promise<Decoded<'UpdateCustomerResponse'>>;
    /** removeCustomer */
    remove(id: string): Promise<void>;
  };
  customerAttributes: {
    /** setCustomerAttributes: replaces all; the customer, if the answer has one */
    replace(customerId: string, body: Schemas['CustomerAttributes']): Promise<Decoded<'Customer'> | undefined>;
    /** updateCustomerAttributes: adds and overwrites; 200 with the customer and 204 without a body are both success */
    merge(customerId: string, body: Schemas['CustomerAttributes']): Promise<Decoded<'Customer'> | undefined>;
    /** removeCustomerAttribute */
    remove(customerId: string, key: string): Promise<void>;
  };
  users: {
    /** requestCustomerUsers */
    list(customerId: string, query: UserListQuery): Promise<Decoded<'UserList'>>;
  };
  webhooks: {
    /** requestListOfTenantWebhooks */
    list(query: ListQuery): Promise<Decoded<'WebhookList'>>;
    /** requestTenantWebhook */
    get(id: string): Promise<Decoded<'Webhook'>>;
    /** createTenantWebhook */
    create(body: Schemas['CreateWebhookRequest']): Promise<Decoded<'Webhook'>>;
    /** updateTenantWebhook */
    update(id: string, body: Schemas['UpdateWebhookRequest']): Promise<Decoded<'Webhook'>>;
    /** removeTenantWebhook */
    remove(id: string): Promise<void>;
    /** resetTenantWebhookLifetime */
    resetLifetime(id: string): Promise<Decoded<'Webhook'>>;
    /** requestListOfEventTypesForTenant */
    eventTypes(): Promise<Decoded<'EventTypeList'>>;
  };
  system: {
    /** requestSoftwareVersion */
    version(): Promise<Decoded<'SoftwareVersionData'>>;
  };
}

/** The endpoints as the caller and the operation of the client use them. Equal reads under way are shared, writes never are. */
export function createUpstream(client: BoundClient): Upstream {
  return new Endpoints(client);
}

/** Each is made when it is first asked for: most operations use one or two. */
class Endpoints implements Upstream {
  private ofCustomers: Customers | undefined;
  private ofAttributes: CustomerAttributes | undefined;
  private ofUsers: Users | undefined;
  private ofWebhooks: Webhooks | undefined;
  private ofSystem: System | undefined;

  constructor(private readonly client: BoundClient) {}

  get customers(): Customers {
    return (this.ofCustomers ??= new Customers(this.client));
  }

  get customerAttributes(): CustomerAttributes {
    return (this.ofAttributes ??= new CustomerAttributes(this.client));
  }

  get users(): Users {
    return (this.ofUsers ??= new Users(this.client));
  }

  get webhooks(): Webhooks {
    return (this.ofWebhooks ??= new Webhooks(this.client));
  }

  get system(): System {
    return (this.ofSystem ??= new System(this.client));
  }
}
