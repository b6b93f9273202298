import type { components } from './generated/openapi.js';
import { decode, type Decoded, type ShapeName } from './decode.js';
import type { HttpClient, UpstreamAnswer, UpstreamRequest } from './http-client.js';
import type { ListQuery } from './paging.js';
import { attributeKeySegment, idSegment } from './path-params.js';

type Schemas = components['schemas'];

const CUSTOMERS = '/v4/provisioning/customers';
const WEBHOOKS = '/v4/provisioning/webhooks';
const UTC = { 'x-sds-date-format': 'UTC' };

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
    list(query: ListQuery & { includeAttributes: boolean }): Promise<Decoded<'CustomerList'>>;
    /** requestCustomer */
    get(id: string, options: { includeAttributes: boolean }): Promise<Decoded<'Customer'>>;
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

/** Binds the endpoints to one caller's service token; undefined calls without one. */
export function createUpstream(http: HttpClient, serviceToken: string | undefined): Upstream {
  const credential: Record<string, string> = serviceToken === undefined ? {} : { 'x-sds-service-token': serviceToken };
  const dated = { ...credential, ...UTC };

  const send = (request: UpstreamRequest): Promise<UpstreamAnswer> => http.send({ headers: dated, ...request });
  const read = async <N extends ShapeName>(shape: N, request: UpstreamRequest): Promise<Decoded<N>> =>
    decode(shape, (await send(request)).body);
  const readIfAny = async <N extends ShapeName>(
    shape: N,
    request: UpstreamRequest,
  ): Promise<Decoded<N> | undefined> => {
    const { body } = await send(request);
    return typeof body === 'object' && body !== null ? decode(shape, body) : undefined;
  };
  const write = async (request: UpstreamRequest): Promise<void> => {
    await send(request);
  };

  const customer = (id: string): string => `${CUSTOMERS}/${idSegment(id)}`;
  const attributes = (customerId: string): string => `${customer(customerId)}/customerAttributes`;
  const webhook = (id: string): string => `${WEBHOOKS}/${idSegment(id)}`;

  return {
    customers: {
      list: async ({ includeAttributes, ...query }) =>
        read('CustomerList', {
          operationId: 'requestCustomers',
          method: 'GET',
          path: CUSTOMERS,
          query: { ...query, include_attributes: includeAttributes },
        }),
      get: async (id, { includeAttributes }) =>
        read('Customer', {
          operationId: 'requestCustomer',
          method: 'GET',
          path: customer(id),
          query: { include_attributes: includeAttributes },
        }),
      create: async (body) =>
        read('NewCustomerResponse', { operationId: 'createCustomer', method: 'POST', path: CUSTOMERS, body }),
      update: async (id, body) =>
        read('UpdateCustomerResponse', { operationId: 'updateCustomer', method: 'PUT', path: customer(id), body }),
      remove: async (id) =>
        write({ operationId: 'removeCustomer', method: 'DELETE', path: customer(id), headers: credential }),
    },
    customerAttributes: {
      list: async (customerId, query) =>
        read('AttributesResponse', {
          operationId: 'requestCustomerAttributes',
          method: 'GET',
          path: attributes(customerId),
          query: { ...query },
          headers: credential,
        }),
      replace: async (customerId, body) =>
        readIfAny('Customer', {
          operationId: 'setCustomerAttributes',
          method: 'POST',
          path: attributes(customerId),
          body,
        }),
      merge: async (customerId, body) =>
        readIfAny('Customer', {
          operationId: 'updateCustomerAttributes',
          method: 'PUT',
          path: attributes(customerId),
          body,
        }),
      remove: async (customerId, key) =>
        write({
          operationId: 'removeCustomerAttribute',
          method: 'DELETE',
          path: `${attributes(customerId)}/${attributeKeySegment(key)}`,
          headers: credential,
        }),
    },
    users: {
      list: async (customerId, { includeAttributes, includeRoles, includeManageableRooms, ...query }) =>
        read('UserList', {
          operationId: 'requestCustomerUsers',
          method: 'GET',
          path: `${customer(customerId)}/users`,
          query: {
            ...query,
            include_attributes: includeAttributes,
            include_roles: includeRoles,
            include_manageable_rooms: includeManageableRooms || undefined,
          },
        }),
    },
    webhooks: {
      list: async (query) =>
        read('WebhookList', {
          operationId: 'requestListOfTenantWebhooks',
          method: 'GET',
          path: WEBHOOKS,
          query: { ...query },
        }),
      get: async (id) => read('Webhook', { operationId: 'requestTenantWebhook', method: 'GET', path: webhook(id) }),
      create: async (body) =>
        read('Webhook', { operationId: 'createTenantWebhook', method: 'POST', path: WEBHOOKS, body }),
      update: async (id, body) =>
        read('Webhook', { operationId: 'updateTenantWebhook', method: 'PUT', path: webhook(id), body }),
      remove: async (id) =>
        write({ operationId: 'removeTenantWebhook', method: 'DELETE', path: webhook(id), headers: credential }),
      resetLifetime: async (id) =>
        read('Webhook', {
          operationId: 'resetTenantWebhookLifetime',
          method: 'POST',
          path: `${webhook(id)}/reset_lifetime`,
        }),
      eventTypes: async () =>
        read('EventTypeList', {
          operationId: 'requestListOfEventTypesForTenant',
          method: 'GET',
          path: `${WEBHOOKS}/event_types`,
          headers: credential,
        }),
    },
    system: {
      version: async () =>
        read('SoftwareVersionData', {
          operationId: 'requestSoftwareVersion',
          method: 'GET',
          path: '/v4/public/software/version',
          headers: UTC,
        }),
      info: async () =>
        read('SystemInfo', {
          operationId: 'requestSystemInfo',
          method: 'GET',
          path: '/v4/public/system/info',
          headers: {},
        }),
    },
  };
}
