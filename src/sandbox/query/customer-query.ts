import type { CustomerStore } from '../store/customer-store.js';
import { CONTRACT_TYPES, type Customer } from '../store/model.js';
import { compileFilter, parseFilter, type FilterFields } from './filter.js';
import { booleanField, choiceField, dateField, integerField, textField } from './filter-fields.js';
import type { SandboxSettings } from '../settings.js';
import { sortRecords, type SortFields } from './sort.js';

export type CustomerQuerySettings = Pick<
  SandboxSettings,
  'multiIdFilter' | 'distinguishesCase' | 'dayOffsetMinutes' | 'unknownFilterField' | 'defaultOrder'
>;

/** Every guest and internal account of the customer. */
export const usersUsed = (customer: Customer): number => customer.internalUsers + customer.guestUsers;

/**
 * Filterable fields of requestCustomers. The settings decide what the contract leaves open. An attributeKey and an attributeValue term may be met by two different attributes.
 */
export function createCustomerFilterFields(
  store: CustomerStore,
  { multiIdFilter, distinguishesCase, dayOffsetMinutes }: CustomerQuerySettings,
): FilterFields<Customer> {
  const ignoredCase = distinguishesCase ? 'by-none' : 'by-parts';
  const hasAttributeKey = (customer: Customer, key: string): boolean =>
    store.attributesOf(customer.id).some((attribute) => attribute.key.toLowerCase() === key.toLowerCase());

  return {
    id: { ...integerField((customer) => customer.id, ['eq']), manyValues: multiIdFilter },
    companyName: textField((customer) => customer.companyName, ['cn'], ignoredCase),
    customerContractType: choiceField((customer, type) => customer.contractType === type, CONTRACT_TYPES),
    trialDaysLeft: integerField((customer) => customer.trialDays, ['ge', 'le']),
    providerCustomerId: textField((customer) => customer.providerCustomerId, ['cn', 'eq'], ignoredCase),
    quotaMax: integerField((customer) => customer.quotaMax, ['ge', 'le']),
    quotaUsed: integerField((customer) => customer.quotaUsed, ['ge', 'le']),
    userMax: integerField((customer) => customer.userMax, ['ge', 'le']),
    userUsed: integerField(usersUsed, ['ge', 'le']),
    isLocked: booleanField((customer) => customer.isLocked),
    createdAt: dateField((customer) => customer.createdAt, ['ge', 'le'], dayOffsetMinutes),
    updatedAt: dateField((customer) => customer.updatedAt, ['ge', 'le'], dayOffsetMinutes),
    lastLoginAt: dateField((customer) => customer.lastLoginAt, ['ge', 'le'], dayOffsetMinutes),
    userLogin: {
      tests: {
        eq: (userNames) => {
          const owners = new Set(userNames.map((userName) => store.ownerOfUserName(userName)));
          return (customer) => owners.has(customer.id);
        },
      },
    },
    attributeKey: {
      tests: {
        eq: (keys) => (customer) => keys.some((key) => hasAttributeKey(customer, key)),
        nex: (keys) => (customer) => !keys.some((key) => hasAttributeKey(customer, key)),
      },
    },
    attributeValue: {
      tests: {
        eq: (values) => (customer) => store.attributesOf(customer.id).some(({ value }) => values.includes(value)),
      },
    },
    activationCode: textField((customer) => customer.activationCode, ['cn', 'eq']),
    lockStatus: choiceField((customer, status) => customer.isLocked === (status === '1'), ['0', '1']),
  };
}

/** Sortable fields of requestCustomers. */
export const CUSTOMER_SORT_FIELDS: SortFields<Customer> = {
  companyName: (customer) => customer.companyName,
  customerContractType: (customer) => customer.contractType,
  trialDaysLeft: (customer) => customer.trialDays,
  providerCustomerId: (customer) => customer.providerCustomerId,
  quotaMax: (customer) => customer.quotaMax,
  quotaUsed: (customer) => customer.quotaUsed,
  userMax: (customer) => customer.userMax,
  userUsed: usersUsed,
  isLocked: (customer) => customer.isLocked,
  createdAt: (customer) => customer.createdAt,
  updatedAt: (customer) => customer.updatedAt,
  lastLoginAt: (customer) => customer.lastLoginAt,
  lockStatus: (customer) => customer.isLocked,
};

/** The customers which a filter and a sort select, in order. */
export type CustomerQuery = (filter: string | null, sort: string | null) => readonly Customer[];

const REMEMBERED_SELECTIONS = 16;

/** Queries one store. Selections are kept until the next write, so that paging through one filters and sorts it once. */
export function createCustomerQuery(store: CustomerStore, settings: CustomerQuerySettings): CustomerQuery {
  const { unknownFilterField, defaultOrder } = settings;
  const fields = createCustomerFilterFields(store, settings);
  const selections = new Map<string, readonly Customer[]>();
  let version = store.version;

  const select: CustomerQuery = (filter, sort) => {
    const all = defaultOrder === 'id' ? store.all() : store.all().toReversed();
    const selected = filter === null ? all : all.filter(compileFilter(parseFilter(filter), fields, unknownFilterField));
    return sort === null ? selected : sortRecords(selected, sort, CUSTOMER_SORT_FIELDS);
  };

  return (filter, sort) => {
    if (filter === null && sort === null && defaultOrder === 'id') return store.all();
    if (version !== store.version) selections.clear();
    version = store.version;
    const key = JSON.stringify([filter, sort]);
    const selected = selections.get(key) ?? select(filter, sort);
    // A Map keeps the order of insertion, so the first key is the one that was used longest ago.
    selections.delete(key);
    selections.set(key, selected);
    const [oldest] = selections.keys();
    if (selections.size > REMEMBERED_SELECTIONS && oldest !== undefined) selections.delete(oldest);
    return selected;
  };
}
