import {
  FEW,
  FROM_THE_START,
  ITEMS_NULL_BY_ERROR,
  LIST_WALK,
  MANY,
  MANY_WRITES,
  NULL_BY_ERROR,
  ONE,
  ONE_REQUEST,
  PAGE,
  PLAIN,
  SECRET,
  WRITE,
  connectionPolicy,
  type FieldPolicies,
  type NounPolicy,
  type Policy,
} from '../shared/policy.js';
import type { CustomerUsersResolver } from '../user/customer-users.resolver.js';
import type { CustomerAttributesResolver } from './customer-attributes.resolver.js';
import type { CustomerAttributes } from './customer-attributes.type.js';
import type { CustomerBulkMutations } from './customer-bulk.mutations.js';
import type { CustomerMatches } from './customer-matches.type.js';
import type { CustomerMutations } from './customer.mutations.js';
import type { CustomerResolver } from './customer.resolver.js';
import type { Customer } from './customer.type.js';

const READ = { access: 'customers:read' } as const;
const CHANGE = { access: 'customers:write', directives: WRITE } as const;
const CHANGE_MANY = { access: 'customers:write', directives: MANY_WRITES } as const;
const SINCE_4_4 = { firstVersion: '4.4.0' } as const;
const WEBHOOKS_MAX: Policy = { firstVersion: '4.19.0' };
/** Known: 4.29.1 lacks both counts and 4.42.3 has them. No document of a version in between was found. */
const COUNT_OF_USERS: Policy = { firstVersion: '4.42.0' };
const RESULTS: Policy = { directives: MANY };

type ReadsOfCustomers = Omit<CustomerResolver, 'customerAttributes'>;
type FieldsOfCustomer = Customer & Pick<CustomerResolver, 'customerAttributes'> & CustomerUsersResolver;

/** What holds for customers, their attributes, and their reads and writes. */
export const CUSTOMER_POLICY: NounPolicy = {
  Customer: {
    access: 'customers:read',
    directives: '@key(fields: "id") @key(fields: "customerUuid")',
    fields: {
      id: PLAIN,
      customerUuid: { firstVersion: '4.21.0' },
      companyName: PLAIN,
      customerContractType: PLAIN,
      activationCode: { access: 'secrets:read', ...SECRET, ...FROM_THE_START },
      providerCustomerId: PLAIN,
      isLocked: PLAIN,
      lockStatus: FROM_THE_START,
      quotaMax: PLAIN,
      quotaUsed: PLAIN,
      userMax: PLAIN,
      userUsed: PLAIN,
      cntInternalUser: COUNT_OF_USERS,
      cntGuestUser: COUNT_OF_USERS,
      webhooksMax: WEBHOOKS_MAX,
      trialDaysLeft: PLAIN,
      createdAt: PLAIN,
      updatedAt: PLAIN,
      lastLoginAt: PLAIN,
      customerAttributes: { upstream: ['requestCustomer', 'requestCustomers'] },
      users: {
        directives: `${ONE_REQUEST} ${PAGE} ${NULL_BY_ERROR}`,
        upstream: ['requestCustomerUsers'],
        requests: 1,
      },
    } satisfies FieldPolicies<FieldsOfCustomer>,
  },
  CustomerAttributes: {
    fields: {
      items: { directives: FEW, assumedItems: 10 },
      value: PLAIN,
    } satisfies FieldPolicies<CustomerAttributes & CustomerAttributesResolver>,
  },
  CustomerMatches: {
    fields: {
      providerCustomerId: PLAIN,
      customers: { directives: `${ONE} ${ITEMS_NULL_BY_ERROR}` },
    } satisfies FieldPolicies<CustomerMatches>,
  },
  ...connectionPolicy('Customer'),

  Query: {
    fields: {
      customer: { ...READ, directives: ONE_REQUEST, upstream: ['requestCustomer', 'requestCustomers'] },
      customerByUuid: {
        ...READ,
        directives: LIST_WALK,
        firstVersion: '4.21.0',
        upstream: ['requestCustomers', 'requestCustomer'],
      },
      customersByIds: {
        ...READ,
        directives: `${ONE_REQUEST} ${MANY} ${NULL_BY_ERROR}`,
        upstream: ['requestCustomers', 'requestCustomer'],
        keys: 'ids',
      },
      customersByProviderCustomerIds: {
        ...READ,
        directives: `${LIST_WALK} ${MANY} @semanticNonNull(levels: [0, 1])`,
        upstream: ['requestCustomers'],
        keys: 'providerCustomerIds',
      },
      customers: {
        ...READ,
        inputAccess: [{ path: ['filter', 'activationCode'], scope: 'secrets:read' }],
        directives: `${ONE_REQUEST} ${PAGE} ${NULL_BY_ERROR}`,
        upstream: ['requestCustomers'],
        requests: 1,
      },
    } satisfies FieldPolicies<ReadsOfCustomers>,
  },

  Mutation: {
    fields: {
      createCustomer: { ...CHANGE, upstream: ['createCustomer'] },
      updateCustomer: { ...CHANGE, upstream: ['updateCustomer'] },
      deleteCustomer: { ...CHANGE, upstream: ['removeCustomer'] },
      updateCustomerAttributes: { ...CHANGE, ...SINCE_4_4, upstream: ['updateCustomerAttributes'] },
      setCustomerAttributes: { ...CHANGE, ...FROM_THE_START, upstream: ['setCustomerAttributes'] },
      removeCustomerAttribute: { ...CHANGE, ...SINCE_4_4, upstream: ['removeCustomerAttribute'] },
      createCustomers: { ...CHANGE_MANY, upstream: ['createCustomer'], keys: 'input.customers' },
      updateCustomers: { ...CHANGE_MANY, upstream: ['updateCustomer'], keys: 'input.customers' },
      updateCustomersAttributes: {
        ...CHANGE_MANY,
        ...SINCE_4_4,
        upstream: ['updateCustomerAttributes'],
        keys: 'input.customers',
      },
      deleteCustomers: { ...CHANGE_MANY, upstream: ['removeCustomer'], keys: 'input.ids' },
    } satisfies FieldPolicies<CustomerMutations & CustomerBulkMutations>,
  },
  CreateCustomersPayload: { fields: { results: RESULTS } },
  UpdateCustomersPayload: { fields: { results: RESULTS } },
  UpdateCustomersAttributesPayload: { fields: { results: RESULTS } },
  DeleteCustomersPayload: { fields: { results: RESULTS } },

  CustomerFilter: { fields: { activationCode: { ...SECRET, ...FROM_THE_START }, lockStatus: FROM_THE_START } },
  CustomerOrderField: { fields: { LOCK_STATUS: FROM_THE_START } },
  CreateCustomerInput: {
    fields: {
      activationCode: { ...SECRET, ...FROM_THE_START },
      lockStatus: FROM_THE_START,
      webhooksMax: WEBHOOKS_MAX,
    },
  },
  UpdateCustomerInput: { fields: { lockStatus: FROM_THE_START, webhooksMax: WEBHOOKS_MAX } },
  FirstAdminUserInput: {
    fields: {
      userName: { firstVersion: '4.13.0' },
      authMethods: FROM_THE_START,
      gender: FROM_THE_START,
      language: FROM_THE_START,
      login: FROM_THE_START,
      needsToChangePassword: FROM_THE_START,
      needsToChangeUserName: FROM_THE_START,
      password: { ...SECRET, ...FROM_THE_START },
      title: FROM_THE_START,
    },
  },
  UserAuthDataInput: { fields: { password: SECRET } },
};
