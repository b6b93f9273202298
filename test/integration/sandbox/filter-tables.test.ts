import { DEFAULT_SETTINGS } from '../../../src/sandbox/settings.js';
import { ATTRIBUTE_FILTER_FIELDS, ATTRIBUTE_SORT_FIELDS } from '../../../src/sandbox/query/attribute-query.js';
import { createCustomerFilterFields, CUSTOMER_SORT_FIELDS } from '../../../src/sandbox/query/customer-query.js';
import type { FilterField } from '../../../src/sandbox/query/filter.js';
import { createUserFilterFields, USER_SORT_FIELDS } from '../../../src/sandbox/query/user-query.js';
import { WEBHOOK_FILTER_FIELDS, WEBHOOK_SORT_FIELDS } from '../../../src/sandbox/query/webhook-query.js';
import { CustomerStore } from '../../../src/sandbox/store/customer-store.js';
import { loadOpenApiValidator } from '../../support/openapi-validator.js';

describe('the tables of filters and sort fields', () => {
  const emptyStore = new CustomerStore({
    customers: [],
    nextId: 1n,
    attributesOf: () => [],
    usersOf: () => [],
    customerOfUserName: () => undefined,
  });
  const { operations } = loadOpenApiValidator();

  /** What a table says, whatever the records it reads. */
  interface Tables {
    readonly filterFields: Readonly<Record<string, Pick<FilterField<never>, 'tests' | 'manyValues' | 'group'>>>;
    readonly sortFields: object;
  }

  it.each<[string, Tables]>([
    [
      'requestCustomers',
      {
        filterFields: createCustomerFilterFields(emptyStore, { ...DEFAULT_SETTINGS, multiIdFilter: 'reject' }),
        sortFields: CUSTOMER_SORT_FIELDS,
      },
    ],
    ['requestCustomerUsers', { filterFields: createUserFilterFields(false), sortFields: USER_SORT_FIELDS }],
    ['requestCustomerAttributes', { filterFields: ATTRIBUTE_FILTER_FIELDS, sortFields: ATTRIBUTE_SORT_FIELDS }],
    ['requestListOfTenantWebhooks', { filterFields: WEBHOOK_FILTER_FIELDS, sortFields: WEBHOOK_SORT_FIELDS }],
  ])('of %s are those of the OpenAPI document', (operationId, { filterFields, sortFields }) => {
    const operation = operations.get(operationId);
    const documented = (operation?.['x-filter-fields'] ?? []).map((entry) => [
      entry.field,
      [...entry.operators].sort(),
      entry.multiValue ?? 'reject',
      entry.group,
    ]);
    const built = Object.entries(filterFields).map(([name, field]) => [
      name,
      Object.keys(field.tests).sort(),
      field.manyValues ?? 'reject',
      field.group,
    ]);
    expect(built).toEqual(documented);
    expect(Object.keys(sortFields)).toEqual(
      (operation?.['x-sort-fields'] ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.field)),
    );
  });
});
