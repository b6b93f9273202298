import { ContractViolation } from '../errors/contract-violation.js';
import { createBoundClient, type UpstreamBinding } from './bound-client.js';
import { attributeKeySegment, idSegment } from './path-params.js';
import type { ResilientClient } from './resilience/resilient-client.js';
import type { Upstream } from './upstream.js';

const CUSTOMERS = '/v4/provisioning/customers';
const WEBHOOKS = '/v4/provisioning/webhooks';

/** A customer or webhook asked for by its id. @throws ContractViolation where it is another one */
function itself<T extends { id: unknown }>(answer: T, id: string, place: string): T {
  if (typeof answer.id === 'string' && answer.id !== id) throw new ContractViolation(place, 'not the one asked for');
  return answer;
}

/** Binds the endpoints to one caller and one operation. Equal reads under way are shared, writes never are. */
export function createUpstream(client: ResilientClient, binding: UpstreamBinding): Upstream {
  const { read, change, changeIfAny, write } = createBoundClient(client, binding);
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
      async get(id, { includeAttributes }) {
        const answer = await read('Customer', {
          operationId: 'requestCustomer',
          method: 'GET',
          path: customer(id),
          query: { include_attributes: includeAttributes },
        });
        return itself(answer, id, 'Customer.id');
      },
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
      async get(id) {
        const answer = await read('Webhook', {
          operationId: 'requestTenantWebhook',
          method: 'GET',
          path: webhook(id),
        });
        return itself(answer, id, 'Webhook.id');
      },
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
