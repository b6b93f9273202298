import { buildSchema, execute, parse, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Token } from '../../src/records/raw-reader.js';
import { compileOperation } from '../../src/executor/compile-operation.js';
import { type Records, preferProperty } from '../../src/executor/raw-writer.js';

const SDL = `
  type Query { items: [Item] }
  type Item { id: ID!, name: String, size: Int!, part: Part }
  type Part { size: Int! }
`;

/** Says which of its properties were read; its tokens are those of its text, if it still has one. */
class Item {
  readonly reads: string[] = [];
  constructor(
    private readonly from: Readonly<Record<string, unknown>>,
    readonly tokens: Readonly<Record<string, Token>> | undefined,
  ) {}
  get id(): unknown {
    return this.read('id');
  }
  get name(): unknown {
    return this.read('name');
  }
  get size(): unknown {
    return this.read('size');
  }
  private read(name: string): unknown {
    this.reads.push(name);
    return this.from[name];
  }
}

const records: Records = {
  isRecord: (value) => value instanceof Item,
  createTokenReader: (_like, wishes) => ({
    places: wishes.map((_, index) => index),
    read(record) {
      const { tokens } = record as Item;
      return tokens && wishes.map(({ name }) => tokens[name]);
    },
  }),
};

type Resolve = GraphQLFieldResolver<unknown, unknown>;

const WHOLE = { id: 7, name: 'ü', size: 3 };
const TOKENS = { id: '7', name: Buffer.from('"ü"').toString('latin1'), size: '3' };
const TEXT = '{ items { name part { size } id size } }';

/** Parts come later, or fail. */
function schemaWith(items: readonly Item[], part: Resolve): GraphQLSchema {
  const schema = buildSchema(SDL);
  const fields = { query: schema.getQueryType()?.getFields(), item: schema.getType('Item') };
  Object.assign(fields.query?.['items'] ?? {}, { resolve: () => items });
  if (fields.item && 'getFields' in fields.item)
    Object.assign(fields.item.getFields()['part'] ?? {}, { resolve: part });
  return schema;
}

interface Answered {
  data: string | undefined;
  errors: string[];
}

async function byLane(items: readonly Item[], text = TEXT, part: Resolve = partOf): Promise<Answered> {
  const compiled = compileOperation(schemaWith(items, part), parse(text), undefined, records);
  const { data, errors } = (await compiled?.execute({ contextValue: undefined })) ?? { data: undefined, errors: [] };
  return {
    data: data === undefined ? undefined : Buffer.from(String(data), 'latin1').toString(),
    errors: errors.map(({ message, path }) => `${path?.join('.') ?? ''}: ${message}`),
  };
}

async function byGraphqlJs(items: readonly Item[], text = TEXT, part: Resolve = partOf): Promise<Answered> {
  const { data, errors = [] } = await execute({ schema: schemaWith(items, part), document: parse(text) });
  return {
    data: JSON.stringify(data),
    errors: errors.map(({ message, path }) => `${path?.join('.') ?? ''}: ${message}`),
  };
}

const partOf = (): Promise<unknown> => Promise.resolve({ size: 5 });
const parsed = (from: Readonly<Record<string, unknown>>): Item => new Item(from, undefined);

describe('leaves beside what a resolver gives', () => {
  it('come out of the text of their object, no property of which is read', async () => {
    const items = [new Item(WHOLE, TOKENS), new Item(WHOLE, { ...TOKENS, name: undefined })];
    expect(await byLane(items)).toEqual(await byGraphqlJs([parsed(WHOLE), parsed({ ...WHOLE, name: null })]));
    expect(items.map(({ reads }) => reads)).toEqual([[], []]);
  });

  it('are read if there is no text any more', async () => {
    const items = [parsed(WHOLE), new Item(WHOLE, TOKENS)];
    expect(await byLane(items)).toEqual(await byGraphqlJs([parsed(WHOLE), parsed(WHOLE)]));
    expect(items.map(({ reads }) => reads)).toEqual([['name', 'id', 'size'], []]);
  });

  it('leave what their text does not do for to the ordinary way', async () => {
    const broken = { ...WHOLE, size: null };
    const item = new Item(broken, { ...TOKENS, size: undefined });
    expect(await byLane([item])).toEqual(await byGraphqlJs([parsed(broken)]));
    expect(item.reads).toEqual(['size']);
  });

  it('are executed where one of them is asked for twice', async () => {
    const item = new Item(WHOLE, TOKENS);
    const text = '{ items { one: name other: name part { size } } }';
    expect(await byLane([item], text)).toEqual(await byGraphqlJs([parsed(WHOLE)], text));
    expect(item.reads).toEqual(['name', 'name']);
  });

  it('change nothing about the failures beside them', async () => {
    const fail = (): Promise<unknown> => Promise.reject(new Error('away'));
    expect(await byLane([new Item(WHOLE, TOKENS)], TEXT, fail)).toEqual(await byGraphqlJs([parsed(WHOLE)], TEXT, fail));
  });

  it('are copied without a call of a resolver that prefers the property, if that is there', async () => {
    let calls = 0;
    const part = preferProperty(() => {
      calls += 1;
      return partOf();
    });
    const text = '{ items { name part { size } } }';
    const items = [new Item(WHOLE, { ...TOKENS, part: '{"size":3}' }), new Item(WHOLE, TOKENS)];
    const { data } = await byLane(items, text, part);
    expect(data).toBe('{"items":[{"name":"ü","part":{"size":3}},{"name":"ü","part":{"size":5}}]}');
    expect(calls).toBe(1);
  });

  it('are never copied if a resolver wraps the one that prefers the property', async () => {
    const inner = preferProperty(partOf);
    const text = '{ items { name part { size } } }';
    const items = [new Item(WHOLE, { ...TOKENS, part: '{"size":3}' })];
    const { data } = await byLane(items, text, (...of) => inner(...of));
    expect(data).toBe('{"items":[{"name":"ü","part":{"size":5}}]}');
  });
});
