import { isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql';
import { POLICIES } from '../../src/schema/policies.js';
import type { Direction, Subject } from './change.js';

/** The gateway serves nothing by them. */
const UNUSED_OPERATIONS = ['requestCustomerAttributes', 'requestSystemInfo'];

/** Upstream operation → the fields that call it, by schema coordinate, as the policies of the schema have it. */
export const FIELDS_OF_OPERATION: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...UNUSED_OPERATIONS, ...new Set(POLICIES.flatMap(([, { upstream = [] }]) => upstream))].map((operationId) => [
    operationId,
    POLICIES.filter(([, { upstream = [] }]) => upstream.includes(operationId)).map(([coordinate]) => coordinate),
  ]),
);

/** Upstream schema → the types and inputs made of it, whose fields have the names of its properties. */
export const TYPES_OF_SCHEMA: Readonly<Record<string, readonly string[]>> = {
  Customer: ['Customer'],
  NewCustomerResponse: ['Customer'],
  UpdateCustomerResponse: ['Customer'],
  CustomerAttributes: ['CustomerAttributes'],
  KeyValueEntry: ['KeyValueEntry', 'KeyValueEntryInput'],
  UserItem: ['User'],
  UserAttributes: ['UserAttributes'],
  RoleList: ['RoleList'],
  Role: ['Role'],
  Right: ['Right'],
  Webhook: ['Webhook'],
  UserInfo: ['UserInfo'],
  EventType: ['WebhookEventType'],
  SoftwareVersionData: ['UpstreamVersion'],
  NewCustomerRequest: ['CreateCustomerInput'],
  UpdateCustomerRequest: ['UpdateCustomerInput'],
  FirstAdminUser: ['FirstAdminUserInput'],
  UserAuthData: ['UserAuthDataInput'],
  UserAuthMethod: ['UserAuthMethodInput'],
  CreateWebhookRequest: ['CreateWebhookInput'],
  UpdateWebhookRequest: ['UpdateWebhookInput'],
};

const CONNECTIONS = ['CustomerConnection', 'UserConnection', 'WebhookConnection'];
const PAGES = CONNECTIONS.map((name) => `${name}.pageInfo`);

/** Properties that are no field of the same name, and what is made of them. */
export const FIELDS_OF_PROPERTY: Readonly<Record<string, readonly string[]>> = {
  'CustomerList.items': ['CustomerConnection.nodes', 'CustomerConnection.edges'],
  'CustomerList.range': ['CustomerConnection.totalCount', 'CustomerConnection.pageInfo'],
  'UserList.items': ['UserConnection.nodes', 'UserConnection.edges'],
  'UserList.range': ['UserConnection.totalCount', 'UserConnection.pageInfo'],
  'WebhookList.items': ['WebhookConnection.nodes', 'WebhookConnection.edges'],
  'WebhookList.range': ['WebhookConnection.totalCount', 'WebhookConnection.pageInfo'],
  'AttributesResponse.items': ['Customer.customerAttributes'],
  'AttributesResponse.range': ['Customer.customerAttributes'],
  'EventTypeList.items': ['Query.webhookEventTypes'],
  'Range.offset': PAGES,
  'Range.limit': PAGES,
  'Range.total': [...CONNECTIONS.map((name) => `${name}.totalCount`), ...PAGES],
};

function hasField(graph: GraphQLSchema, direction: Direction, type: string, field: string): boolean {
  const found = graph.getType(type);
  const isWanted = direction === 'request' ? isInputObjectType : isObjectType;
  return isWanted(found) && Object.hasOwn(found.getFields(), field);
}

/** The schema coordinates that rest on what a change is about; none if the gateway does not use it. */
export function coordinatesOf(subject: Subject, graph: GraphQLSchema): readonly string[] {
  if ('operationId' in subject) return FIELDS_OF_OPERATION[subject.operationId] ?? [];
  const { schema, property, direction } = subject;
  const types = TYPES_OF_SCHEMA[schema] ?? [];
  return [
    ...types.filter((type) => hasField(graph, direction, type, property)).map((type) => `${type}.${property}`),
    ...(FIELDS_OF_PROPERTY[`${schema}.${property}`] ?? []),
  ];
}
