import { readFileSync } from 'node:fs';
import { toFilterText, type FilterTable } from '../../src/schema/shared/filter-text.js';
import { CUSTOMER_FILTERS, CustomerOrderField } from '../../src/schema/customer/customer.inputs.js';
import { USER_FILTERS, UserOrderField } from '../../src/schema/user/user.inputs.js';
import { WEBHOOK_FILTERS, WebhookOrderField } from '../../src/schema/webhook/webhook.inputs.js';

interface Operation {
  'x-filter-fields': { field: string; operators: string[]; deprecated?: boolean }[];
  'x-sort-fields': (string | { field: string })[];
}
const spec = JSON.parse(readFileSync('openapi/provisioning.openapi.json', 'utf8')) as {
  paths: Record<string, { get: Operation }>;
};
const UPSTREAM_NAMES: Record<string, string> = {
  eq: 'eq',
  neq: 'neq',
  contains: 'cn',
  startsWith: 'sw',
  gte: 'ge',
  lte: 'le',
  notExists: 'nex',
};

const LISTS: [string, FilterTable, Record<string, string>][] = [
  ['/v4/provisioning/customers', CUSTOMER_FILTERS, CustomerOrderField],
  ['/v4/provisioning/customers/{customer_id}/users', USER_FILTERS, UserOrderField],
  ['/v4/provisioning/webhooks', WEBHOOK_FILTERS, WebhookOrderField],
];

describe.each(LISTS)('the tables of %s', (path, filters, orderFields) => {
  const operation = spec.paths[path]?.get;

  it('hold every filter field and operator of the OpenAPI document and no other', () => {
    const ours = Object.entries(filters).map(([field, operators]) => [
      field,
      operators
        .filter((operator) => operator !== 'in')
        .map((operator) => UPSTREAM_NAMES[operator])
        .sort(),
    ]);
    const theirs = operation?.['x-filter-fields'].map(({ field, operators }) => [field, [...operators].sort()]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs ?? []));
  });

  it('hold every sort field of the OpenAPI document and no other', () => {
    const theirs = operation?.['x-sort-fields'].map((entry) => (typeof entry === 'string' ? entry : entry.field));
    expect(Object.values(orderFields).sort()).toEqual(theirs?.sort());
  });
});

describe('toFilterText', () => {
  it('joins terms by |, which means AND', () => {
    const filter = {
      companyName: { contains: 'AG & Söhne' },
      quotaUsed: { gte: 1, lte: 9007199254740993n },
      isLocked: { eq: false },
      customerContractType: { eq: 'pay' },
      createdAt: { gte: new Date('2024-01-01') },
    };
    expect(toFilterText(CUSTOMER_FILTERS, filter)).toBe(
      'companyName:cn:AG & Söhne|customerContractType:eq:pay|quotaUsed:ge:1|quotaUsed:le:9007199254740993|isLocked:eq:false|createdAt:ge:2024-01-01',
    );
  });

  it('writes several values as one term', () => {
    expect(toFilterText(WEBHOOK_FILTERS, { id: { in: ['1', '2'] } })).toBe('id:eq:1:2');
  });

  it.each([undefined, null, {}, { companyName: undefined }])('has nothing to say of %j', (filter) => {
    expect(toFilterText(CUSTOMER_FILTERS, filter)).toBeUndefined();
  });

  it.each([
    [{ companyName: null }, 'filter.companyName'],
    [{ companyName: {} }, 'filter.companyName'],
    [{ companyName: { contains: undefined } }, 'filter.companyName'],
    [{ companyName: { contains: null } }, 'filter.companyName.contains'],
    [{ quotaMax: { gte: 1, lte: null } }, 'filter.quotaMax.lte'],
    [{ companyName: { contains: 'a|b' } }, 'filter.companyName.contains'],
    [{ companyName: { contains: 'a:b' } }, 'filter.companyName.contains'],
    [{ companyName: { contains: '' } }, 'filter.companyName.contains'],
    [{ providerCustomerId: { eq: 'a\r\nb' } }, 'filter.providerCustomerId.eq'],
    [{ id: { eq: '1|companyName:cn:x' } }, 'filter.id.eq'],
  ])('refuses %j', (filter, argument) => {
    expect(() => toFilterText(CUSTOMER_FILTERS, filter)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', extensions: expect.objectContaining({ argument }) as object }),
    );
  });

  it('refuses an empty list of ids', () => {
    expect(() => toFilterText(WEBHOOK_FILTERS, { id: { in: [] } })).toThrow('filter.id.in must not be empty.');
  });

  it('refuses what does not fit into a URL, naming the longest value', () => {
    const filter = { companyName: { contains: 'ä'.repeat(1_000) }, providerCustomerId: { eq: 'x' } };
    expect(() => toFilterText(CUSTOMER_FILTERS, filter)).toThrow('filter.companyName.contains is too long');
    const ids = Array.from({ length: 500 }, (_, index) => String(9_000_000_000_000_000n + BigInt(index)));
    expect(() => toFilterText(WEBHOOK_FILTERS, { id: { in: ids } })).toThrow('filter.id.in is too long');
    expect(toFilterText(CUSTOMER_FILTERS, { companyName: { contains: 'a'.repeat(5_000) } })).toHaveLength(5_015);
  });
});
