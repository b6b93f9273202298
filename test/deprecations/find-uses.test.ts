import 'reflect-metadata';
import fc from 'fast-check';
import {
  buildSchema as build,
  getNullableType,
  getOperationAST,
  isEnumType,
  isInputObjectType,
  isListType,
  NoDeprecatedCustomRule,
  parse,
  validate,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { createFindUses } from '../../src/deprecations/find-uses.js';
import { listDeprecated } from '../../src/deprecations/list-deprecated.js';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { DEPRECATION_DATES } from '../../src/schema/policies.js';
import { generateOperation } from '../executor/generate-operation.js';
import { runs } from '../support/runs.js';

const gatewaySchema = buildSubgraphSchema({ enforcesScopes: false });

const NESTED = build(`
  type Query {
    find(filter: Filter, filters: [Filter!], kind: Kind = OLD, kinds: [[Kind]], old: Int @deprecated(reason: "old")): Thing
    count(first: Int): Int
    gone: Thing @deprecated(reason: "gone")
  }
  interface Named { name: String @deprecated(reason: "title") }
  type Thing implements Named { name: String other(kind: Kind): Thing }
  enum Kind { NEW OLD @deprecated(reason: "NEW") OLDEST @deprecated(reason: "NEW") }
  input Filter { kind: Kind old: Int @deprecated(reason: "x") and: [Filter!] not: Filter size: Size }
  input Size { min: Int }
`);

/** Coordinates that a request uses, sorted; undefined if its variables are not looked at. */
function usesIn(schema: GraphQLSchema, text: string, variables: Record<string, unknown> = {}, name?: string): string[] {
  const document = parse(text);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('no such operation');
  const uses = createFindUses(schema, listDeprecated(schema, {}))(document, operation)?.(variables);
  return (uses?.elements ?? []).map(({ coordinate }) => coordinate).sort();
}

/** What graphql-js itself warns of. */
function warnedOf(schema: GraphQLSchema, text: string): string[] {
  const found = validate(schema, parse(text), [NoDeprecatedCustomRule], { maxErrors: 100_000 }).map(({ message }) => {
    const [, field, argument] = /^Field "(\S+)" argument "(\S+)" is deprecated/.exec(message) ?? [];
    if (field !== undefined) return `${field}(${String(argument)}:)`;
    return /(?:field|value) "?([\w.]+)"? is deprecated/.exec(message)?.[1] ?? message;
  });
  return [...new Set(found)].sort();
}

function toLiteral(value: unknown, type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const items = isListType(bare) ? bare.ofType : bare;
    return `[${value.map((item) => toLiteral(item, items)).join(', ')}]`;
  }
  if (isListType(bare)) return toLiteral(value, bare.ofType);
  if (isEnumType(bare)) return value as string;
  if (!isInputObjectType(bare)) return JSON.stringify(value);
  const fields = bare.getFields();
  const texts = Object.entries(value as object).map(([name, part]) => {
    const field = fields[name];
    if (!field) throw new Error(name);
    return `${name}: ${toLiteral(part, field.type)}`;
  });
  return `{ ${texts.join(', ')} }`;
}

const { kind, filter } = fc.letrec((tie) => ({
  kind: fc.constantFrom('NEW', 'OLD', 'OLDEST', null),
  filter: fc.record(
    {
      kind: tie('kind'),
      old: fc.integer(),
      and: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('filter'), { maxLength: 3 }), tie('filter')),
      not: fc.oneof({ maxDepth: 3 }, fc.constant(null), tie('filter')),
      size: fc.record({ min: fc.integer() }),
    },
    { requiredKeys: [] },
  ),
}));
const request = fc.record(
  { filter, filters: fc.oneof(fc.array(filter), filter), kind, kinds: fc.array(fc.array(kind)) },
  { requiredKeys: [] },
);

describe('what requests use of what is deprecated', () => {
  it('is in documents what graphql-js warns of', () => {
    let warned = 0;
    fc.assert(
      fc.property(fc.gen(), fc.constantFrom(gatewaySchema, NESTED), (g, schema) => {
        const generated = generateOperation(g, schema);
        if (!generated) return;
        const expected = warnedOf(schema, generated.text);
        warned += expected.length;
        expect(usesIn(schema, generated.text)).toEqual(expected);
      }),
      { numRuns: runs(100) },
    );
    expect(warned).toBeGreaterThan(100);
  });

  it('is the same whether values stand in the document or in variables', () => {
    const find = NESTED.getQueryType()?.getFields()['find'];
    const typeOf = (name: string): GraphQLInputType => {
      const argument = find?.args.find((arg) => arg.name === name);
      if (!argument) throw new Error(name);
      return argument.type;
    };
    let used = 0;
    fc.assert(
      fc.property(request, (values) => {
        const names = Object.keys(values);
        if (names.length === 0) return;
        const write = (toValue: (name: string) => string): string =>
          `{ find(${names.map((name) => `${name}: ${toValue(name)}`).join(' ')}) { other { __typename } } }`;
        const definitions = names.map((name) => `$${name}: ${String(typeOf(name))}`).join(' ');
        const inDocument = usesIn(
          NESTED,
          write((name) => toLiteral(Reflect.get(values, name), typeOf(name))),
        );
        used += inDocument.length;
        const variables = values as Record<string, unknown>;
        expect(usesIn(NESTED, `query (${definitions}) ${write((name) => `$${name}`)}`, variables)).toEqual(inDocument);
      }),
      { numRuns: runs(100) },
    );
    expect(used).toBeGreaterThan(100);
  });

  it('is of the operation that runs, with the fragments it reaches', () => {
    const text = `
      query One { find { ...A } }
      query Other { count }
      fragment A on Thing { other { ...B } }
      fragment B on Named { name }`;
    expect(usesIn(NESTED, text, {}, 'One')).toEqual(['Named.name']);
    expect(usesIn(NESTED, text, {}, 'Other')).toEqual([]);
  });

  it('looks into the values of directives', () => {
    const schema = build(`
      directive @paint(as: Kind, with: [Paint!]) on QUERY | FIELD | FRAGMENT_DEFINITION | INLINE_FRAGMENT
      input Paint { as: Kind old: Int @deprecated(reason: "x") }
      enum Kind { NEW OLD @deprecated(reason: "NEW") OLDEST @deprecated(reason: "NEW") }
      type Query { a: Query b: Int }`);
    expect(usesIn(schema, 'query @paint(as: OLD) { b }')).toEqual(['Kind.OLD']);
    expect(usesIn(schema, '{ a { b @paint(with: [{ as: OLDEST, old: 1 }]) } }')).toEqual(['Kind.OLDEST', 'Paint.old']);
    expect(
      usesIn(schema, '{ ... @paint(as: OLD) { ...F } } fragment F on Query @paint(with: { old: 1 }) { b }'),
    ).toEqual(['Kind.OLD', 'Paint.old']);
  });

  it('counts what is skipped, and default values of variables', () => {
    const text =
      'query ($kind: Kind = OLD, $no: Boolean!) { find(kind: $kind) { __typename } gone @include(if: $no) { __typename } }';
    expect(usesIn(NESTED, text, { no: false })).toEqual(['Kind.OLD', 'Query.gone']);
  });

  it.each([
    ['nothing', {}],
    ['what is not declared', { filter: { old: 1 } }],
    ['names of prototypes', { f: { __proto__: { old: 1 }, constructor: { old: 1 }, toString: 'OLD' } }],
    ['what does not fit', { f: 'OLD' }],
    ['nulls', { f: null }],
  ])('is nothing in variables that hold %s', (_what, variables) => {
    expect(usesIn(NESTED, 'query ($f: Filter) { find(filter: $f) { __typename } }', variables)).toEqual([]);
  });

  it('leaves variables alone that cannot hold anything deprecated', () => {
    const document = parse('query ($first: Int) { count(first: $first) }');
    const operation = getOperationAST(document);
    const findUses = createFindUses(NESTED, listDeprecated(NESTED, {}));
    expect(operation && findUses(document, operation)).toBeUndefined();
  });

  it('reads a document once', () => {
    const document = parse('{ gone { __typename } }');
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    const findUses = createFindUses(NESTED, listDeprecated(NESTED, {}));
    expect(findUses(document, operation)).toBe(findUses(document, operation));
    expect(findUses(document, operation)?.({})).toBe(findUses(document, operation)?.({}));
  });
});

describe('the dates of deprecations', () => {
  it('are there for everything that is deprecated, and for nothing else', () => {
    const deprecated = [...listDeprecated(gatewaySchema, {}).keys()];
    expect(Object.keys(DEPRECATION_DATES).sort()).toEqual(deprecated.sort());
  });

  it('are days, and nothing goes before it is deprecated', () => {
    for (const { sinceMs, sunsetMs } of listDeprecated(gatewaySchema, DEPRECATION_DATES).values()) {
      expect(sinceMs).toBeGreaterThan(0);
      expect(sunsetMs ?? Infinity).toBeGreaterThan(sinceMs ?? Infinity);
    }
  });
});
