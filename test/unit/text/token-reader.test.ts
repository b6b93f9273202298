import fc from 'fast-check';
import { stringify } from 'lossless-json';
import type { TokenForm, TokenWish } from '../../../src/json/tokens.js';
import { ContractViolation } from '../../../src/errors/contract-violation.js';
import type { Answer } from '../../../src/upstream/answer.js';
import { decode } from '../../../src/upstream/decode.js';
import { shapes } from '../../../src/upstream/generated/shapes.js';
import { createTokenReaders } from '../../../src/upstream/text/create-token-readers.js';
import { RecordMatcher } from '../../../src/upstream/text/record-matcher.js';
import { splitList } from '../../../src/upstream/text/split-list.js';
import { readAnswer } from '../../support/read-answer.js';
import { arbitraryAnswer } from '../../support/arbitrary-answer.js';

type List = 'CustomerList' | 'CustomerListWithoutAttributes' | 'UserList';

/** Answers that are still text; undefined where they have to be parsed. */
function recordsOf(list: List, items: readonly object[]): Answer[] | undefined {
  const text = stringify({ items }) ?? '';
  const source = splitList(Buffer.from(text), new RecordMatcher());
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
  like: List,
  items: readonly object[],
  wishes: readonly TokenWish[],
  createTokenReader = createTokenReaders(),
): unknown[] => {
  const records = recordsOf(like, items) ?? [];
  const [first] = records;
  const reader = first && createTokenReader(first, wishes);
  return records.map((record) => {
    const found = reader?.read(record);
    return found && wishes.map((_, index) => found[reader?.places[index] ?? 0]);
  });
};

describe('a reader of tokens', () => {
  it('gives what the getters give, or nothing', () => {
    const createTokenReader = createTokenReaders();
    const given = fc.oneof(customer, fc.constant(whole)).map(inOrder);
    const wishedFor = fc.subarray(wishesFor('Customer'), { minLength: 1, maxLength: 5 });
    let reads = 0;
    fc.assert(
      fc.property(fc.array(given, { minLength: 1, maxLength: 6 }), wishedFor, (items, wishes) => {
        for (const list of ['CustomerList', 'CustomerListWithoutAttributes'] as const) {
          const found = read(list, items, wishes, createTokenReader);
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
      { numRuns: 150 },
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

  it('starts over where the upstream writes another order, and gives up where there is none', () => {
    const wishes: TokenWish[] = [
      { name: 'login', form: 'string' },
      { name: 'lastName', form: 'string' },
    ];
    const one = { login: 'l', lastName: 'n' };
    const other = { lastName: 'n', login: 'l' };
    expect(read('UserList', [one, one, other, other], wishes).at(-1)).toEqual(['"l"', '"n"']);
    const mixed = Array.from({ length: 300 }, (_, index) => (index % 2 ? one : other));
    const found = read('UserList', mixed, wishes);
    // Half of them are in the order that it stays with in the end.
    expect(found.slice(200).filter((tokens) => tokens === undefined)).toHaveLength(50);
  });

  it('reads nothing that is not exactly of the form wished for', () => {
    const createTokenReader = createTokenReaders();
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
      const found = read('UserList', items, [wish], createTokenReader).map((tokens) => tokens !== undefined);
      expect(found.slice(1)).toEqual([true, false, true]);
    }
  });

  it('takes the last of several properties of one name, as whoever parses does', () => {
    const twice = '{"id":1,"phone":"a","phone":"b","email":"c","email":null,"title":null,"title":"d"}';
    const source = splitList(Buffer.from(`{"items":[${[twice, twice].join()}]}`), new RecordMatcher());
    const records = source ? (decode('UserList', source).items as Answer[]) : [];
    const wishes = ['phone', 'email', 'title'].map((name): TokenWish => ({ name, form: 'string' }));
    const reader = records[0] && createTokenReaders()(records[0], wishes);
    expect(records.map((record) => reader?.read(record)?.slice(1))).toEqual([undefined, ['"b"', undefined, '"d"']]);
    expect(records.map((record) => Reflect.get(record, 'phone'))).toEqual(['b', 'b']);
  });

  it('meets no wish for what a shape does not have, or has in another form', () => {
    const [record] = recordsOf('UserList', [{ id: 1 }]) ?? [];
    if (!record) throw new Error('no record');
    const createTokenReader = createTokenReaders();
    expect(createTokenReader(record, [{ name: 'nothing', form: 'string' }])).toBeUndefined();
    expect(createTokenReader(record, [{ name: 'id', form: 'string' }])).toBeUndefined();
    expect(createTokenReader(record, [{ name: 'userName', form: 'integer' }])).toBeUndefined();
    expect(createTokenReader({}, [])).toBeUndefined();
  });

  it('leaves what has been parsed to the getters, as the text it was a part of is gone', () => {
    const [record] = recordsOf('UserList', [{ id: 1, login: 'one' }]) ?? [];
    if (!record) throw new Error('no record');
    expect(Reflect.get(record, 'id')).toBe('1');
    expect(record.text).toBeDefined();
    expect(Reflect.get(record, 'login')).toBe('one');
    expect(record.text).toBeUndefined();
    expect(createTokenReaders()(record, [{ name: 'id', form: 'id' }])?.read(record)).toBeUndefined();
  });
});
