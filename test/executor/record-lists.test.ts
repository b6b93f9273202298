import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql';
import { compileOperation } from '../../src/executor/compile-operation.js';

const SDL = `
  type Query { items: [Item] }
  type Item { id: ID!, name: String, part: Part, tags: [String!] }
  type Part { size: Int! }
`;

/** Counts its reads, and reads what the test gave. */
class Item {
  static reads = 0;
  constructor(protected readonly from: Readonly<Record<string, unknown>>) {}
  get id(): unknown {
    Item.reads += 1;
    return this.from['id'];
  }
  get name(): unknown {
    return this.from['name'];
  }
  get part(): unknown {
    return this.from['part'];
  }
  get tags(): unknown {
    return this.from['tags'];
  }
}
class Part {
  constructor(readonly given: unknown) {}
  get size(): unknown {
    return this.given;
  }
}
const records = {
  isRecord: (value: object): boolean => value instanceof Item || value instanceof Part,
  createTokenReader: () => undefined,
};

interface Given {
  items: unknown;
  text?: string;
}

const ALL = '{ items { id name part { size } tags __typename } }';

function schemaOf({ items }: Given): GraphQLSchema {
  const schema = buildSchema(SDL);
  const field = (type: string, name: string): object => {
    const found = schema.getType(type);
    return found && 'getFields' in found ? (found.getFields()[name] ?? {}) : {};
  };
  Object.assign(field('Query', 'items'), { resolve: () => items });
  return schema;
}

async function run(given: Given): Promise<{ data: string | undefined; errors: string[] }> {
  const compiled = compileOperation(schemaOf(given), parse(given.text ?? ALL), undefined, records);
  const { data, errors } = (await compiled?.execute({ contextValue: undefined })) ?? { data: undefined, errors: [] };
  return {
    data: data === undefined ? undefined : Buffer.from(String(data), 'latin1').toString(),
    errors: errors.map(({ message, path }) => `${path?.join('.') ?? ''}: ${message}`),
  };
}

async function runByGraphqlJs(given: Given): Promise<{ data: string; errors: string[] }> {
  const schema = schemaOf(given);
  const { data, errors = [] } = await execute({ schema, document: parse(given.text ?? ALL) });
  return {
    data: JSON.stringify(data),
    errors: errors.map(({ message, path }) => `${path?.join('.') ?? ''}: ${message}`),
  };
}

const whole = (): Item => new Item({ id: 'ü', name: 'a "b"', part: new Part(3), tags: ['x', 'y'] });

describe('lists of records', () => {
  it('are written from one read of each property', async () => {
    Item.reads = 0;
    const { data } = await run({ items: [whole(), null, whole()] });
    const item = { id: 'ü', name: 'a "b"', part: { size: 3 }, tags: ['x', 'y'], __typename: 'Item' };
    expect(data).toBe(JSON.stringify({ items: [item, null, item] }));
    expect(Item.reads).toBe(2);
  });

  it.each<[string, unknown]>([
    ['a violation in the place of a property', new Item({ id: new Error('broken') })],
    ['nothing for a non-null field', new Item({ id: null })],
    ['a value that its type refuses', new Item({ id: '1', part: new Part('many') })],
    ['an item that is an error', new Error('broken')],
    ['an item that is a promise', Promise.resolve(whole())],
    ['a property that is a promise', new Item({ id: Promise.resolve('1') })],
    ['null in a list of what is never null', new Item({ id: '1', tags: ['x', null] })],
    ['an object that is no record', { id: '1', name: () => 'called' }],
    ['no object at all', 7],
  ])('leave %s to the ordinary way', async (_what, item) => {
    for (const items of [[whole(), item, whole()], [item, whole()], item]) {
      expect(await run({ items })).toEqual(await runByGraphqlJs({ items }));
    }
  });

  it('select nothing if every field is skipped', async () => {
    const given = { items: [whole()], text: '{ items { id @skip(if: true) } }' };
    expect(await run(given)).toEqual({ data: '{"items":[{}]}', errors: [] });
  });
});
