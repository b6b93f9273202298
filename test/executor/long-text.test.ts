import { buildSchema, parse, type GraphQLSchema } from 'graphql';
import { LongText, concat } from '../../src/executor/text.js';
import { compare } from './compare.js';

const SDL = `
  type Query { few: [Item!]!, many: [Item!]!, later: [Item!]!, nested: [Group], broken: Int, failing: Int! }
  type Mutation { many: [Item!]!, few: [Item!]! }
  type Item { id: ID!, text: String, soon: String, failing: Int! }
  type Group { id: ID!, items: [Item!]!, soon: String, more: [Item] }
`;

const itemOf = (id: number): object => ({
  id,
  text: `Ümlaut "${id}"`,
  soon: () => Promise.resolve(`später ${id}`),
  failing: () => Promise.reject(new Error(`item ${id}`)),
});
const items = (length: number): object[] => Array.from({ length }, (_, id) => itemOf(id));
const many = (): object[] => items(3_000);

const ROOT: Readonly<Record<string, () => unknown>> = {
  few: () => items(2),
  many,
  later: () => Promise.resolve(many()),
  nested: () => [
    { id: 1, items: many(), soon: () => Promise.resolve('x'), more: many() },
    null,
    { id: 2, items: items(1), soon: () => Promise.reject(new Error('soon')), more: [null, ...many()] },
  ],
  broken: () => Promise.reject(new Error('broken')),
  failing: () => Promise.reject(new Error('failing')),
};

function createSchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.resolve = () => ROOT[field.name]?.();
  }
  return schema;
}

const run = (text: string) =>
  compare({
    schema: createSchema(),
    document: parse(text),
    variableValues: {},
    createContext: () => ({ contextValue: undefined, traces: [] }),
  });

describe('an answer too long for one string', () => {
  it.each([
    '{ many { id text } }',
    '{ many { id text soon } }',
    '{ later { id text } few { id } }',
    '{ few { id } many { id } broken other: many { text } later { soon } few { soon } }',
    '{ nested { id items { id text } more { id soon } } }',
    '{ nested { soon more { id text } items { id } id } few { soon } }',
    'mutation { many { id } few { id } others: many { text soon } }',
    'mutation { few { id } many { id text } }',
  ])('has the bytes that graphql-js gives: %s', async (text) => {
    const { byGraphqlJs, byLane, isLong, forgotten } = await run(text);
    expect(isLong).toBe(true);
    expect(byLane.data === byGraphqlJs.data).toBe(true);
    expect(byLane.errors).toEqual(byGraphqlJs.errors);
    expect(forgotten).toEqual({ byGraphqlJs: 0, byLane: 0 });
  });

  it.each(['{ many { id } failing }', '{ failing many { id text } }', '{ few { id failing } many { id } }'])(
    'is dropped as a whole where a non-null field fails: %s',
    async (text) => {
      const { byGraphqlJs, byLane, isLong } = await run(text);
      expect([isLong, byLane.data]).toEqual([false, 'null']);
      expect(byLane).toEqual(byGraphqlJs);
    },
  );

  it('is bytes and a string of all of its parts, in their order', () => {
    const one = new LongText().add('"ab').add(Buffer.from('ü').toString('latin1'));
    const all = concat(concat('[', one), '"]');
    expect(all).toBeInstanceOf(LongText);
    expect(all.length).toBe(8);
    expect((all as LongText).toBytes().toString()).toBe('["abü"]');
    expect(Buffer.from(String(all), 'latin1').toString()).toBe('["abü"]');
    expect(concat('a', 'b')).toBe('ab');
  });
});
