import type { Decoded } from './decode.js';
import type { components } from './generated/openapi.js';
import type { ListQuery } from './paging.js';

type Schemas = components['schemas'];

export interface UserListQuery extends ListQuery {
  includeAttributes: boolean;
  includeRoles: boolean;
  includeManageableRooms: boolean;
}

/**
 * The upstream as one caller sees it: every operation of the OpenAPI document, typed, checked on arrival.
 * Each call is one HTTP request. @throws UpstreamFailure, or ContractViolation where an answer is no object at all
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
    /** requestCustomerAttributes */
    list(customerId: string, query: ListQuery): Promise<Decoded<'AttributesResponse'>>;
    /** setCustomerAttributes: replaces all; the customer, where the answer has one */
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
    /** requestSystemInfo */
    info(): Promise<Decoded<'SystemInfo'>>;
  };
}
