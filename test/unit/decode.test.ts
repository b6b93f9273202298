import { ContractViolation } from '../../src/errors/contract-violation.js';
import type { Answer } from '../../src/records/answer.js';
import { decode } from '../../src/records/decode.js';
import { createUnverifiedValues } from '../../src/records/unverified-values.js';
import { readAnswer } from '../support/read-answer.js';

const CUSTOMER = {
  id: 1,
  customerUuid: '123e4567-e89b-12d3-a456-426614174000',
  companyName: 'ACME',
  customerContractType: 'pay',
  lockStatus: false,
  quotaMax: 9007199254740993n,
  quotaUsed: 0,
  userMax: 1,
  userUsed: 1,
  cntInternalUser: 1,
  cntGuestUser: 0,
  createdAt: '2024-02-29T12:00:00.123Z',
};

const without = (key: keyof typeof CUSTOMER): object =>
  Object.fromEntries(Object.entries(CUSTOMER).filter(([name]) => name !== key));

const brokenIn = (answer: Answer): string[] =>
  answer.properties().flatMap(([name, value]) => (value instanceof ContractViolation ? [name] : []));

describe('decode', () => {
  it('keeps sound values, turns ids to text and absent optional properties to null', () => {
    expect(readAnswer(decode('Customer', CUSTOMER))).toEqual({
      ...CUSTOMER,
      id: '1',
      activationCode: null,
      customerAttributes: null,
      isLocked: null,
      lastLoginAt: null,
      providerCustomerId: null,
      trialDaysLeft: null,
      updatedAt: null,
      webhooksMax: null,
    });
  });

  it('drops what the schema does not know', () => {
    const answer = JSON.parse(
      '{"items":[],"range":{"offset":0,"limit":1,"total":0,"x":1},"__proto__":{"y":1}}',
    ) as unknown;
    expect(readAnswer(decode('CustomerList', answer))).toEqual({ items: [], range: { offset: 0, limit: 1, total: 0 } });
  });

  it.each(Object.keys(CUSTOMER) as (keyof typeof CUSTOMER)[])('marks a missing %s and spares the rest', (key) => {
    const decoded = decode('Customer', without(key));
    expect(decoded[key]).toEqual(new ContractViolation(`Customer.${key}`, 'missing'));
    expect(brokenIn(decoded)).toEqual([key]);
  });

  it.each([
    ['id', '1'],
    ['id', 1.5],
    ['id', 2n ** 63n],
    ['quotaMax', '1'],
    ['userMax', 2 ** 31],
    ['userMax', true],
    ['companyName', 1],
    ['isLocked', 'yes'],
    ['customerContractType', 'gold'],
    ['customerContractType', 'constructor'],
    ['customerUuid', ''],
    ['customerUuid', 'a b'],
    ['customerUuid', 'x'.repeat(65)],
    ['customerUuid', 'a\u202eb'],
    ['createdAt', '2024-02-30T00:00:00Z'],
    ['createdAt', '2024-01-01'],
    ['createdAt', '2024-01-01T00:00:00'],
    ['createdAt', 1700000000000],
    ['updatedAt', '2024-13-01T00:00:00Z'],
    ['customerAttributes', []],
  ])('marks a %s of %p and spares the rest', (key, value) => {
    expect(brokenIn(decode('Customer', { ...CUSTOMER, [key]: value }))).toEqual([key]);
  });

  it.each([
    ['2024-05-06T07:08:09+0000', '2024-05-06T07:08:09+00:00'],
    ['2024-05-06T07:08:09.123-0530', '2024-05-06T07:08:09.123-05:30'],
    ['2024-02-29T07:08:09+02', '2024-02-29T07:08:09+02:00'],
    ['2024-05-06t07:08:09z', '2024-05-06T07:08:09Z'],
  ])('normalises the instant %s', (given, normalised) => {
    expect(readAnswer(decode('Customer', { ...CUSTOMER, createdAt: given }))).toMatchObject({ createdAt: normalised });
  });

  it.each([
    '2024-02-30T00:00:00+0000',
    '2024-05-06T07:08:09+2500',
    '2024-05-06T07:08:09+00:',
    '2024-05-06T07:08:09+000',
  ])('marks the instant %s', (createdAt) => {
    expect(brokenIn(decode('Customer', { ...CUSTOMER, createdAt }))).toEqual(['createdAt']);
  });

  it.each([
    'abc',
    '123E4567E89B12D3A456426614174000',
    '{123e4567-e89b-12d3-a456-426614174000}',
    'x'.repeat(64),
    'größe-1',
  ])('keeps a UUID of another form and counts it: %s', (customerUuid) => {
    const unverified = createUnverifiedValues(() => undefined);
    const count = (): number => unverified.counts().find(({ field }) => field === 'Customer.customerUuid')?.count ?? 0;
    const before = count();
    expect(decode('Customer', { ...CUSTOMER, customerUuid }, unverified).customerUuid).toBe(customerUuid);
    expect(count()).toBe(before + 1);
  });

  it('marks a broken item and spares the others', () => {
    const list = decode('CustomerList', {
      items: [CUSTOMER, null, CUSTOMER],
      range: { offset: 0, limit: 3, total: 3 },
    });
    expect(readAnswer(list.items)).toEqual([
      expect.objectContaining({ id: '1' }),
      new ContractViolation('CustomerList.items[]', 'not an object'),
      expect.objectContaining({ id: '1' }),
    ]);
  });

  it.each([null, [], 'text', 1, undefined])('throws on an answer that is %p', (value) => {
    expect(() => decode('Customer', value)).toThrow(ContractViolation);
  });
});
