import { buildSchema, GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { type OperationOutput, compileOperation } from '../../src/executor/compile-operation.js';

const SDL = `
  type Query { one(id: ID! = "7", size: Int): Item, items: [Item!]!, text: String }
  type Mutation { first: Int!, second: Int }
  type Subscription { text: String }
  type Item { id: ID!, name: String, more: Item }
`;

type Resolvers = Record<string, Record<string, unknown>>;

function schemaWith(resolvers: Resolvers): GraphQLSchema {
  const schema = buildSchema(SDL);
  for (const [type, fields] of Object.entries(resolvers)) {
    for (const [name, resolve] of Object.entries(fields)) {
      Object.assign(
        (schema.getType(type) as unknown as { getFields(): Record<string, object> }).getFields()[name] ?? {},
        {
          resolve,
        },
      );
    }
  }
  return schema;
}

async function run(resolvers: Resolvers, text: string, variableValues = {}): Promise<OperationOutput> {
  const compiled = compileOperation(schemaWith(resolvers), parse(text));
  if (!compiled) throw new Error('not compiled');
  return compiled.execute({ contextValue: undefined, variableValues });
}

describe('compileOperation', () => {
  it.each([
    ['a subscription', 'subscription { text }'],
    ['introspection of the schema', '{ __schema { queryType { name } } }'],
    ['introspection of a type', '{ text __type(name: "Query") { name } }'],
    ['a directive it does not know', '{ text @deferred }'],
    ['a directive of the operation', 'query @live { text }'],
    ['two operations without a name to choose by', 'query A { text } query B { text }'],
  ])('leaves %s to others', (_what, text) => {
    expect(compileOperation(schemaWith({}), parse(text))).toBeUndefined();
  });

  it('takes the operation that is named', () => {
    const document = parse('query A { a: text } query B { b: text }');
    expect(compileOperation(schemaWith({}), document, 'C')).toBeUndefined();
    const compiled = compileOperation(schemaWith({}), document, 'B');
    expect(compiled?.execute({ contextValue: undefined })).toEqual({ data: '{"b":null}', errors: [], errorCount: 0 });
  });

  it('answers at once if nothing has to be awaited', () => {
    const schema = schemaWith({ Query: { one: () => ({ id: 'x"y', name: 'ü' }) } });
    const compiled = compileOperation(schema, parse('{ one { __typename id n: name } }'));
    const data = Buffer.from('{"one":{"__typename":"Item","id":"x\\"y","n":"ü"}}').toString('latin1');
    expect(compiled?.execute({ contextValue: undefined })).toEqual({ data, errors: [], errorCount: 0 });
  });

  it('says what is wrong with variables, without data', async () => {
    const { data, errors } = await run({}, 'query ($id: ID!) { one(id: $id) { id } }', { id: true });
    expect(data).toBeUndefined();
    expect(errors.map(({ message }) => message)).toEqual([
      'Variable "$id" got invalid value true; ID cannot represent value: true',
    ]);
  });

  it('hands each call arguments of its own', async () => {
    const seen: object[] = [];
    const one = (_source: unknown, args: object): null => {
      seen.push({ ...args });
      Object.assign(args, { id: 'changed' });
      return null;
    };
    const text =
      'query ($size: Int) { a: one(size: $size) { id } b: one(id: 5, size: 3) { id } c: one(size: 3) { id } }';
    const compiled = compileOperation(schemaWith({ Query: { one } }), parse(text));
    await compiled?.execute({ contextValue: undefined, variableValues: { size: 2 } });
    await compiled?.execute({ contextValue: undefined });
    expect(seen).toEqual([
      { id: '7', size: 2 },
      { id: '5', size: 3 },
      { id: '7', size: 3 },
      { id: '7' },
      { id: '5', size: 3 },
      { id: '7', size: 3 },
    ]);
  });

  it('decides conditions anew for each execution', async () => {
    const text = 'query ($yes: Boolean!) { text @include(if: $yes) ... @skip(if: $yes) { t: text } }';
    const compiled = compileOperation(schemaWith({}), parse(text));
    const answers: unknown[] = [];
    for (const yes of [true, false, true]) {
      answers.push(await compiled?.execute({ contextValue: undefined, variableValues: { yes } }));
    }
    expect(answers).toEqual(
      ['{"text":null}', '{"t":null}', '{"text":null}'].map((data) => ({ data, errors: [], errorCount: 0 })),
    );
  });

  it('keeps as many errors as are asked for, and counts the others', async () => {
    const fail = (): never => {
      throw new Error('broken');
    };
    const schema = schemaWith({
      Query: { one: () => ({}), items: () => [1, 2, 3, 4, 5] },
      Item: { id: fail, name: fail },
    });
    const compiled = compileOperation(schema, parse('{ items { name } one { id } }'));
    const data = `{"items":[${'{"name":null},'.repeat(4)}{"name":null}],"one":null}`;
    for (const maxErrors of [0, 3, 6, 100]) {
      const output = await compiled?.execute({ contextValue: undefined, maxErrors });
      expect([output?.data, output?.errorCount]).toEqual([data, 6]);
      expect(output?.errors.map(({ path }) => path?.join('.'))).toEqual(
        ['items.0.name', 'items.1.name', 'items.2.name', 'items.3.name', 'items.4.name', 'one.id'].slice(0, maxErrors),
      );
    }
  });

  it('runs the fields of a mutation one after the other', async () => {
    const order: string[] = [];
    const first = async (): Promise<number> => {
      order.push('first starts');
      await new Promise((resolve) => setImmediate(resolve));
      order.push('first ends');
      return 1;
    };
    const second = (): number => order.push('second');
    const { data } = await run({ Mutation: { first, second } }, 'mutation { first second }');
    expect(data).toBe('{"first":1,"second":3}');
    expect(order).toEqual(['first starts', 'first ends', 'second']);
  });

  it('makes the nearest nullable parent null and says where the error was', async () => {
    const cause = new TypeError('broken');
    const one = (): object => ({ id: '1', more: { id: cause } });
    const { data, errors } = await run({ Query: { one } }, '{ one { id more { id } } }');
    expect(data).toBe('{"one":{"id":"1","more":null}}');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(GraphQLError);
    expect(errors[0]).toMatchObject({ path: ['one', 'more', 'id'], originalError: cause });
    expect(errors[0]?.locations).toEqual([{ line: 1, column: 19 }]);
  });

  it('compiles no more of spreads that double each other than is executed', async () => {
    const depth = 40;
    const fragments = Array.from({ length: depth }, (_, level) => {
      const next = level + 1 < depth ? `...F${level + 1}` : 'id';
      return `fragment F${level} on Item { a: more { ${next} } b: more { ${next} } }`;
    });
    const { data } = await run({ Query: { one: () => ({}) } }, `{ one { ...F0 } } ${fragments.join(' ')}`);
    expect(data).toBe('{"one":{"a":null,"b":null}}');
  });
});
