import fc from 'fast-check';
import { type UnknownField, createUnknownFields } from '../../src/records/decode.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { useStack } from '../support/use-stack.js';

const names = (counts: readonly UnknownField[]): string[] => counts.map(({ field }) => field);

describe('createUnknownFields', () => {
  const find = (shape: string, body: unknown): string[] => {
    const unknown = createUnknownFields(() => undefined);
    unknown.inspect('op', shape, () => body);
    return names(unknown.counts());
  };

  it('finds fields at any depth, by their schema', () => {
    const customer = {
      id: 1,
      extra: true,
      customerAttributes: { items: [{ key: 'a', value: 'b', note: 1 }], total: 1 },
    };
    expect(find('CustomerList', { range: { total: 1, more: 2 }, items: [customer, customer] })).toEqual([
      'Range.more',
      'Customer.extra',
      'KeyValueEntry.note',
      'CustomerAttributes.total',
    ]);
    expect(find('CustomerListWithoutAttributes', { items: [{ extra: 1 }] })).toEqual(['Customer.extra']);
  });

  it('finds none in what the document has, and in what is no answer at all', () => {
    expect(find('Range', { offset: 0, limit: 1, total: 1 })).toEqual([]);
    for (const body of [null, 'text', [], [{ extra: 1 }], { items: 'text' }])
      expect(find('CustomerList', body)).toEqual([]);
    expect(find('NoSchema', { extra: 1 })).toEqual([]);
  });

  it('looks at the first answer of each operation, and at one in a hundred', () => {
    const unknown = createUnknownFields(() => undefined);
    for (let number = 0; number < 250; number += 1) unknown.inspect('one', 'Range', () => ({ extra: 1 }));
    unknown.inspect('other', 'Range', () => ({ extra: 1 }));
    expect(unknown.counts()).toEqual([
      { operationId: 'one', field: 'Range.extra', count: 3 },
      { operationId: 'other', field: 'Range.extra', count: 1 },
    ]);
  });

  it('keeps names and their number within bounds, whatever an upstream sends', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string({ unit: 'binary', maxLength: 200 }), fc.jsonValue())), (bodies) => {
        const told: string[] = [];
        const unknown = createUnknownFields((_, field) => told.push(field));
        bodies.forEach((body, index) => unknown.inspect(`op${index}`, 'Customer', () => body));
        for (const field of [...told, ...names(unknown.counts())]) {
          expect(field).toMatch(/^(?:Customer(?:Attributes)?\.[A-Za-z_]\w{0,63}|\(other\))$/);
        }
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('sums up what is past a hundred names', () => {
    const told: string[] = [];
    const unknown = createUnknownFields((_, field) => told.push(field));
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`extra${index}`, index]));
    unknown.inspect('op', 'Range', () => body);
    expect(told).toHaveLength(100);
    expect(unknown.counts()).toHaveLength(101);
    expect(unknown.counts().at(-1)).toEqual({ operationId: 'op', field: '(other)', count: 1 });
    const endless = Array.from({ length: 100_000 }, () => ({ extra: 1 }));
    unknown.inspect('list', 'CustomerList', () => ({ items: endless, late: 1 }));
    expect(names(unknown.counts())).not.toContain('CustomerList.late');
  });

  it('takes names that objects have for what they are', () => {
    expect(find('Range', JSON.parse('{"__proto__":1,"constructor":1,"toString":1}'))).toEqual([
      'Range.__proto__',
      'Range.constructor',
      'Range.toString',
    ]);
    expect(find('constructor', { extra: 1 })).toEqual([]);
  });
});

describe('a gateway before a newer upstream', () => {
  const start = useStack({ customers: 3 });

  it('logs each unknown field once, without its value, and answers as ever', async () => {
    const lines: unknown[] = [];
    const logger: Logger = { info: (...line) => lines.push(line), warn: () => undefined, error: () => undefined };
    const stack = await start({}, logger);
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const { items, ...rest } = json as { items: object[] };
          return { ...rest, items: items.map((item) => ({ ...item, region: 'a value of theirs' })) };
        },
      },
    });
    for (const first of [1, 2, 3]) {
      const { errors } = await stack.execute(`{ customers(first: ${first}) { nodes { id } } }`);
      expect(errors).toBeUndefined();
    }
    const told = lines.filter((line) => JSON.stringify(line).includes('region'));
    expect(told).toEqual([
      [
        { operationId: 'requestCustomers', field: 'Customer.region' },
        'upstream returns a field that its OpenAPI document lacks',
      ],
    ]);
    expect(JSON.stringify(lines)).not.toContain('a value of theirs');
  });
});
