import { createBoundClient, type UpstreamBinding } from './bound-client.js';
import type { HttpClient } from './http-client.js';
import { attributeKeySegment, idSegment } from './path-params.js';
import type { Upstream } from './upstream.js';

const CUSTOMERS = '/v4/provisioning/customers';
const WEBHOOKS = '/v4/provisioning/webhooks';

/** Binds the endpoints to one caller and one operation. Equal reads under way are shared, writes never are. */
export function createUpstream(http: HttpClient, binding: UpstreamBinding): Upstream {
  const { read, change, changeIfAny, write } = createBoundClient(http, binding);
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
        change('NewCustomerResponse', { operationId: 'createCustomer', method: 'POST', path: CUSTOMERS, body }),
      update: async (id, body) =>
        change('UpdateCustomerResponse', { operationId: 'updateCustomer', method: 'PUT', path: customer(id), body }),
      remove: async (id) =>
        write({ operationId: 'removeCustomer', method: 'DELETE', path: customer(id), dated: false }),
    },
    customerAttributes: {
      list: async (customerId, query) =>
        read('AttributesResponse', {
          operationId: 'requestCustomerAttributes',
          method: 'GET',
          path: attributes(customerId),
          query: { ...query },
          dated: false,
        }),
      replace: async (customerId, body) =>
        changeIfAny('Customer', {
          operationId: 'setCustomerAttributes',
          method: 'POST',
          path: attributes(customerId),
          body,
        }),
      merge: async (customerId, body) =>
        changeIfAny('Customer', {
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
          dated: false,
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
        change('Webhook', { operationId: 'createTenantWebhook', method: 'POST', path: WEBHOOKS, body }),
      update: async (id, body) =>
        change('Webhook', { operationId: 'updateTenantWebhook', method: 'PUT', path: webhook(id), body }),
      remove: async (id) =>
        write({ operationId: 'removeTenantWebhook', method: 'DELETE', path: webhook(id), dated: false }),
      resetLifetime: async (id) =>
        change('Webhook', {
          operationId: 'resetTenantWebhookLifetime',
          method: 'POST',
          path: `${webhook(id)}/reset_lifetime`,
        }),
      eventTypes: async () =>
        read('EventTypeList', {
          operationId: 'requestListOfEventTypesForTenant',
          method: 'GET',
          path: `${WEBHOOKS}/event_types`,
          dated: false,
        }),
    },
    system: {
      version: async () =>
        read('SoftwareVersionData', {
          operationId: 'requestSoftwareVersion',
          method: 'GET',
          path: '/v4/public/software/version',
          anonymous: true,
        }),
      info: async () =>
        read('SystemInfo', {
          operationId: 'requestSystemInfo',
          method: 'GET',
          path: '/v4/public/system/info',
          anonymous: true,
          dated: false,
        }),
    },
  };
}
