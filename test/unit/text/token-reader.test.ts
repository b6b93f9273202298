import fc from 'fast-check';
import { stringify } from 'lossless-json';
import { type TokenForm, type TokenWish, createTokenReader } from '../../../src/records/raw-reader.js';
import { ContractViolation } from '../../../src/errors/contract-violation.js';
import type { Answer } from '../../../src/records/answer.js';
import { decode } from '../../../src/records/decode.js';
import { shapes } from '../../../src/records/generated/shapes.js';
import { copiedProperties } from '../../../src/records/text/record-outline.js';
import { RecordMatcher } from '../../../src/records/text/record-matcher.js';
import { splitList } from '../../../src/records/text/split-list.js';
import { readAnswer } from '../../support/read-answer.js';
import { arbitraryAnswer } from '../../support/arbitrary-answer.js';
import { runs } from '../../support/runs.js';

type List = 'CustomerList' | 'CustomerListWithoutAttributes' | 'UserList';

const createMatcher = (list: List): RecordMatcher =>
  new RecordMatcher(copiedProperties(list === 'UserList' ? 'UserItem' : 'Customer'));

/** Answers that are still text; undefined if they have to be parsed. */
function recordsOf(list: List, items: readonly object[], matcher = createMatcher(list)): Answer[] | undefined {
  const text = stringify({ items }) ?? '';
  const source = splitList(Buffer.from(text), matcher, Infinity);
  if (!source) return undefined;
  const { items: records } = decode(list, source);
  if (records instanceof ContractViolation) throw records;
  return records as Answer[];
}

const attributes: TokenForm = {
  isList: false,
  properties: [
    { name: 'items', form: { isList: true, properties: ['key', 'value'].map((name) => ({ name, form: 'string' })) } },
  ],
};

const FORMS: Readonly<Record<string, TokenForm>> = {
  string: 'string',
  uuid: 'string',
  'date-time': 'string',
  id: 'id',
  int32: 'int32',
  int64: 'integer',
  boolean: 'boolean',
  'object:CustomerAttributes': attributes,
};

/** Every property of a shape that has a form, as it is wished for. */
const wishesFor = (shape: keyof typeof shapes): TokenWish[] =>
  Object.entries<{ kind: string }>(shapes[shape]).flatMap(([name, { kind }]) => {
    const form = kind.startsWith('enum:') ? 'enum' : FORMS[kind];
    return form ? { name, form } : [];
  });

/** What a sound property's token says, by what its getter gives. */
function expectedToken(value: unknown, form: TokenForm): unknown {
  if (value === null) return undefined;
  if (form === 'id') return value;
  return Buffer.from(JSON.stringify(value)).toString('latin1');
}

const NAMES = Object.keys(shapes.Customer);

/** As an upstream writes it: in one order, whatever is missing. */
const inOrder = (record: object): object =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => NAMES.includes(name))
      .sort(([one], [other]) => NAMES.indexOf(one) - NAMES.indexOf(other)),
  );

const customer = arbitraryAnswer('Customer');
const whole = {
  ...{ id: 7, customerUuid: '00000000-0000-4000-8000-000000000007', companyName: 'Sieben "GmbH" Ä', userMax: 5 },
  ...{ customerContractType: 'pay', isLocked: false, lockStatus: false, quotaMax: 10, quotaUsed: 2 ** 40, userUsed: 1 },
  ...{ cntInternalUser: 1, cntGuestUser: 0, createdAt: '2024-02-29T10:00:00Z' },
};

const read = (
  list: List,
  items: readonly object[],
  wishes: readonly TokenWish[],
  matcher = createMatcher(list),
): unknown[] => {
  const records = recordsOf(list, items, matcher) ?? [];
  const [first] = records;
  const reader = first && createTokenReader(first, wishes);
  return records.map((record) => reader?.read(record));
};

describe('a reader of tokens', () => {
  it('gives what the getters give, or nothing', () => {
    const matchers = {
      CustomerList: createMatcher('CustomerList'),
      CustomerListWithoutAttributes: createMatcher('CustomerList'),
    };
    const given = fc.oneof(customer, fc.constant(whole)).map(inOrder);
    const wishedFor = fc.subarray(wishesFor('Customer'), { minLength: 1, maxLength: 5 });
    let reads = 0;
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 6 }), wishedFor, (items, wishes) => {
        for (const list of ['CustomerList', 'CustomerListWithoutAttributes'] as const) {
          const found = read(list, items, wishes, matchers[list]);
          (recordsOf(list, items) ?? []).forEach((record, index) => {
            const tokens = found[index] as readonly unknown[] | undefined;
            if (!tokens) return;
            reads += 1;
            const values = Object.fromEntries(record.properties());
            wishes.forEach(({ name, form }, at) => {
              const { [name]: value } = values;
              expect(value).not.toBeInstanceOf(Error);
              expect(value).not.toBeUndefined();
              if (value instanceof Object) expect(readAnswer(value)).toEqual(JSON.parse(String(tokens[at])));
              else expect(tokens[at]).toEqual(expectedToken(value, form));
            });
          });
        }
      }),
      { numRuns: runs(150) },
    );
    expect(reads).toBeGreaterThan(30);
  });

  it('learns the order of properties, and which of them may be missing', () => {
    const wishes: TokenWish[] = [
      { name: 'userName', form: 'string' },
      { name: 'id', form: 'id' },
      { name: 'email', form: 'string' },
    ];
    const items = [
      { newField: { a: [1] }, id: 1, userName: 'one' },
      { newField: { a: [1] }, id: 2, userName: 'two' },
      { id: 3, email: 'three@example.com', userName: 'three' },
      { newField: null, id: 4, email: null, userName: 'four' },
      { id: 5, email: 'five@example.com', userName: 'five', other: 1 },
      { id: 6, userName: 'six', other: 2 },
    ];
    const found = read('UserList', [...items, ...items], wishes).slice(items.length);
    expect(found).toEqual([
      ['"one"', '1', undefined],
      ['"two"', '2', undefined],
      ['"three"', '3', '"three@example.com"'],
      ['"four"', '4', undefined],
      ['"five"', '5', '"five@example.com"'],
      ['"six"', '6', undefined],
    ]);
  });

  it('reads records of two orders that come in turn', () => {
    const wishes: TokenWish[] = [
      { name: 'login', form: 'string' },
      { name: 'lastName', form: 'string' },
    ];
    const one = { login: 'l', lastName: 'n' };
    const other = { lastName: 'n', login: 'l' };
    const mixed = Array.from({ length: 300 }, (_, index) => (index % 2 ? one : other));
    const found = read('UserList', mixed, wishes);
    // The first record of each order teaches it.
    expect(found.slice(2)).toEqual(Array.from({ length: 298 }, () => ['"l"', '"n"']));
  });

  it('reads two new orders after an upstream has written hundreds of others', () => {
    const names = ['login', 'lastName', 'firstName', 'userName', 'phone', 'title', 'email'];
    const rotated = (by: number): string[] => [...names.slice(by % 7), ...names.slice(0, by % 7)];
    const orders = Array.from({ length: 300 }, (_, index) => {
      const [first = '', ...rest] = rotated(index);
      const at = Math.trunc(index / 7) % 7;
      return [...rest.slice(0, at), first, ...rest.slice(at)];
    });
    const recordIn = (order: readonly string[]): object => Object.fromEntries(order.map((name) => [name, name]));
    const matcher = createMatcher('UserList');
    recordsOf('UserList', orders.map(recordIn), matcher);

    const upgrade = Array.from({ length: 500 }, (_, index) => recordIn(index % 2 ? names : rotated(3)));
    for (let list = 0; list < 50; list += 1) recordsOf('UserList', upgrade, matcher);
    const found = read('UserList', upgrade, [{ name: 'login', form: 'string' }], matcher);
    expect(found).toEqual(upgrade.map(() => ['"login"']));
  });

  it('copies the other properties of records that have an unsound one', () => {
    const matcher = createMatcher('UserList');
    const unsound = { id: 2 ** 60, login: 'l', createdAt: 'yesterday', lastName: 'n' };
    const sound = { ...unsound, id: 7, createdAt: '2024-02-28T00:00:00Z' };
    const items = [sound, unsound, { ...sound, createdAt: 'today' }];
    const wishes = (...names: string[]): TokenWish[] => names.map((name) => ({ name, form: 'string' }));
    read('UserList', items, wishes('login'), matcher);
    const all = [...items, ...items];
    expect(read('UserList', all, wishes('login', 'lastName'), matcher)).toEqual(all.map(() => ['"l"', '"n"']));
    const dates = read('UserList', all, wishes('createdAt'), matcher);
    expect(dates.map((tokens) => tokens !== undefined)).toEqual([true, false, false, true, false, false]);
  });

  it('reads nothing that is not exactly of the form wished for', () => {
    const matcher = createMatcher('UserList');
    const good = { id: 7, isLocked: true, lockStatus: 1, createdAt: '2024-02-28T00:00:00Z', email: 'a@b' };
    const unreadable: [object, TokenWish][] = [
      [{ id: 2 ** 53 }, { name: 'id', form: 'id' }],
      [{ id: '7' }, { name: 'id', form: 'id' }],
      [{ id: null }, { name: 'id', form: 'id' }],
      [{ isLocked: 'true' }, { name: 'isLocked', form: 'boolean' }],
      [{ lockStatus: 2 ** 31 }, { name: 'lockStatus', form: 'int32' }],
      [{ createdAt: '2024-02-30T00:00:00Z' }, { name: 'createdAt', form: 'string' }],
      [{ email: 5 }, { name: 'email', form: 'string' }],
    ];
    for (const [item, wish] of unreadable) {
      const items = [good, good, { ...good, ...item }, good];
      const found = read('UserList', items, [wish], matcher).map((tokens) => tokens !== undefined);
      expect(found.slice(1)).toEqual([true, false, true]);
    }
  });

  it('takes the last of several properties of one name, as a parser does', () => {
    const twice = '{"id":1,"phone":"a","phone":"b","email":"c","email":null,"title":null,"title":"d"}';
    const source = splitList(Buffer.from(`{"items":[${[twice, twice].join()}]}`), createMatcher('UserList'), Infinity);
    const records = source ? (decode('UserList', source).items as Answer[]) : [];
    const wishes = ['phone', 'email', 'title'].map((name): TokenWish => ({ name, form: 'string' }));
    const reader = records[0] && createTokenReader(records[0], wishes);
    expect(records.map((record) => reader?.read(record))).toEqual([undefined, ['"b"', undefined, '"d"']]);
    expect(records.map((record) => Reflect.get(record, 'phone'))).toEqual(['b', 'b']);
  });

  it('meets no wish for what a shape does not have, or has in another form', () => {
    const [record] = recordsOf('UserList', [{ id: 1 }]) ?? [];
    if (!record) throw new Error('no record');
    expect(createTokenReader(record, [{ name: 'nothing', form: 'string' }])).toBeUndefined();
    expect(createTokenReader(record, [{ name: 'id', form: 'string' }])).toBeUndefined();
    expect(createTokenReader(record, [{ name: 'userName', form: 'integer' }])).toBeUndefined();
    expect(createTokenReader(record, [{ name: 'userRoles', form: attributes }])).toBeUndefined();
    expect(createTokenReader({}, [])).toBeUndefined();
  });

  it('copies attributes if both their keys and their values are selected, in that order', () => {
    const [record] = recordsOf('CustomerList', [whole]) ?? [];
    const partly = (...names: string[]): TokenForm => ({
      isList: false,
      properties: [
        { name: 'items', form: { isList: true, properties: names.map((name) => ({ name, form: 'string' })) } },
      ],
    });
    const canRead = (form: TokenForm): boolean =>
      createTokenReader(record ?? {}, [{ name: 'customerAttributes', form }]) !== undefined;
    expect(canRead(partly('key', 'value'))).toBe(true);
    for (const names of [['key'], ['value'], ['value', 'key'], []]) expect(canRead(partly(...names))).toBe(false);
  });

  it('leaves what has been parsed to the getters, as the text it was a part of is gone', () => {
    const [record] = recordsOf('UserList', [{ id: 1, login: 'one' }]) ?? [];
    if (!record) throw new Error('no record');
    expect(Reflect.get(record, 'id')).toBe('1');
    expect(record.text).toBeDefined();
    expect(Reflect.get(record, 'login')).toBe('one');
    expect(record.text).toBeUndefined();
    expect(createTokenReader(record, [{ name: 'id', form: 'id' }])?.read(record)).toBeUndefined();
  });
});
