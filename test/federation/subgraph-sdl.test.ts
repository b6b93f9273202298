import { readFileSync } from 'node:fs';
import { buildSchema as parseSchema, isObjectType, Kind, parse, printSchema, type GraphQLScalarType } from 'graphql';
import { buildSchema } from '../../src/schema/build-schema.js';
import { createSubgraphSchema } from '../../src/schema/federation/create-subgraph-schema.js';
import { placeDirectives } from '../../src/schema/federation/place-directives.js';
import { AUTHENTICATED, SCOPES } from '../../src/schema/policies.js';
import { printApiText, printSchemaText } from '../../src/schema/print-schema-text.js';
import { startStack, type Stack } from '../support/start-stack.js';

const schema = buildSchema();
const sdl = printSchemaText();

/** The directives of a place, by its line in the SDL. */
const lineOf = (text: string, start: string): string =>
  text.split('\n').find((line) => line.trimStart().startsWith(start)) ?? '';

describe('the SDL', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ sandbox: { customers: 10 } });
  });
  afterAll(() => stack.close());

  it('is served as it stands in schema.graphql', async () => {
    const data = await stack.data<{ _service: { sdl: string } }, never>('{ _service { sdl } }');
    expect(data._service.sdl).toBe(readFileSync('schema.graphql', 'utf8'));
  });

  it('shows no trace of timings to anyone', async () => {
    const response = await fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-sds-service-token': 'sandbox-provider-one',
        'apollo-federation-include-trace': 'ftv1',
      },
      body: JSON.stringify({ query: '{ customers(first: 1) { totalCount } }' }),
    });
    expect(await response.json()).toEqual({ data: { customers: { totalCount: 10 } } });
  });

  it('is valid by itself, with everything that clients see and nothing more', () => {
    const parsed = parseSchema(sdl);
    const own = (text: string): string =>
      text
        .split('\n\n')
        .filter((block) => !/^(?:directive|scalar \w+__|enum \w+__)/.test(block))
        .join('\n\n');
    expect(own(printSchema(parsed))).toBe(printSchema(schema));
    expect(sdl).not.toMatch(/\b_(?:Any|Entity|Service|entities|service)\b/);
  });

  it('defines its schema whole, which relay-compiler demands, and names where its scalars are specified', () => {
    const head = parse(sdl).definitions[0];
    expect(head?.kind).toBe(Kind.SCHEMA_DEFINITION);
    expect(sdl).not.toContain('extend schema');
    const parsed = parseSchema(sdl);
    for (const name of ['UUID', 'DateTime', 'Date']) {
      expect((parsed.getType(name) as GraphQLScalarType).specifiedByURL).toMatch(/^https:\/\/www\.rfc-editor\.org\//);
    }
  });

  it('is printed for clients without federation, and with what is null by an error only', () => {
    const api = printApiText();
    expect(printSchema(parseSchema(api)).replace(/\n*directive @semanticNonNull.*\n*/, '')).toBe(printSchema(schema));
    expect(api).toContain('@semanticNonNull(levels: [1])');
    expect(api).not.toMatch(/@(?:key|link|tag|cost|listSize|shareable|composeDirective)\b|federation__|link__/);
  });

  it('links the version of the specification that all composers know, importing what it uses', () => {
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
    expect(sdl).toContain('@link(url: "https://specs.apollo.dev/nullability/v0.4", import: ["@semanticNonNull"])');
    const imported = [...sdl.matchAll(/", import: \[([^\]]*)\]/g)].flatMap(([, imports = '']) => imports.split(', '));
    const used = new Set(
      [...sdl.matchAll(/ (@(?!link|deprecated|specifiedBy)\w+)/g)].map(([, name]) => `"${name ?? ''}"`),
    );
    expect(new Set(imported)).toEqual(used);
  });

  it('has the keys', () => {
    expect(lineOf(sdl, 'type Customer ')).toBe('type Customer @key(fields: "id") @key(fields: "customerUuid") {');
    expect(lineOf(sdl, 'type Webhook ')).toBe('type Webhook @key(fields: "id") {');
    expect(sdl.match(/@key\(/g)).toHaveLength(4);
    expect(lineOf(sdl, 'type User ')).toBe('type User {');
  });

  it('keeps descriptions and deprecations beside directives', () => {
    expect(lineOf(sdl, 'activationCode: String @')).toMatch(
      /@deprecated\(reason: "Since DRACOON 4\.8\.0;.*@tag\(name: "secret"\)$/,
    );
    const field = parseSchema(sdl).getQueryType()?.getFields()['customers'];
    expect(field?.description).toBe('Customers of the provider, a page at a time.');
  });

  it('tags every mutation as a write', () => {
    const mutations = Object.values(parseSchema(sdl).getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(0);
    const untagged = mutations.filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'tag'));
    expect(untagged.map(({ name }) => name)).toEqual([]);
  });
});

describe('scopes', () => {
  const scoped = printSchemaText({ scopes: true });

  it('stand in the variant for routers that check them, and nowhere else', () => {
    expect(sdl).not.toMatch(/requiresScopes|authenticated/);
    expect(lineOf(scoped, 'activationCode: String @')).toContain('@requiresScopes(scopes: [["secrets:read"]])');
    expect(lineOf(scoped, 'upstreamVersion:')).toContain('@authenticated');
    expect(scoped.replaceAll(/ @(?:requiresScopes\(scopes: \S+\)|authenticated\b(?! on))/g, '')).toContain(
      sdl.slice(sdl.indexOf('type Query'), sdl.indexOf('directive @key')),
    );
  });

  it('cover every entity and every root field', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name ?? ''}.${field}`),
    );
    const covered = new Set([...Object.keys(SCOPES), ...AUTHENTICATED]);
    expect([...roots, 'Customer', 'Webhook'].filter((coordinate) => !covered.has(coordinate))).toEqual([]);
  });
});

describe('the schema that is served', () => {
  const served = createSubgraphSchema(schema, sdl);

  it('executes as the schema that clients see: its types are the very same, scalars, enums and resolvers included', () => {
    const others = Object.values(schema.getTypeMap()).filter(({ name }) => name !== 'Query');
    expect(others.length).toBeGreaterThan(60);
    expect(others.filter((type) => served.getType(type.name) !== type)).toEqual([]);

    const fields = served.getQueryType()?.getFields() ?? {};
    for (const { name, resolve, args } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      expect([name, fields[name]?.resolve, fields[name]?.args]).toEqual([name, resolve, args]);
    }
  });

  it('has no resolver where reading a property is all there is to do', () => {
    const customer = served.getType('Customer');
    const resolved = isObjectType(customer)
      ? Object.values(customer.getFields()).filter(({ resolve }) => resolve !== undefined)
      : [];
    expect(resolved.map(({ name }) => name).sort()).toEqual(['customerAttributes', 'users']);
  });

  it('describes federation, too', () => {
    const { _service, _entities } = served.getQueryType()?.getFields() ?? {};
    expect([_service?.description, _entities?.description, _entities?.args[0]?.description]).toEqual([
      expect.stringMatching(/\w/) as string,
      expect.stringMatching(/\w/) as string,
      expect.stringMatching(/\w/) as string,
    ]);
  });
});

describe('placeDirectives', () => {
  const text = `
interface Node { id: ID! }
"""Kept."""
type Thing implements Node {
  """Kept."""
  id(first: Int = 5): ID! @deprecated(reason: "{")
}
enum Kind { A B @deprecated }
scalar Long @specifiedBy(url: "https://example.com/long")
union Any = Thing
input Filter { kind: Kind = A }
`;

  it('reaches every kind of place and leaves the rest alone', () => {
    const placed = placeDirectives(text, {
      'Thing.id(first:)': '@a',
      Thing: '@b',
      'Thing.id': '@c',
      Kind: '@d',
      'Kind.A': '@e',
      'Kind.B': '@f',
      Long: '@g',
      Any: '@h',
      'Filter.kind': '@i',
      Node: '@j',
    });
    expect(placed).toContain('interface Node @j {');
    expect(placed).toContain('type Thing implements Node @b {');
    expect(placed).toContain('id(first: Int = 5 @a): ID! @deprecated(reason: "{") @c\n');
    expect(placed).toContain('enum Kind @d { A @e B @deprecated @f }');
    expect(placed).toContain('scalar Long @specifiedBy(url: "https://example.com/long") @g');
    expect(placed).toContain('union Any @h = Thing');
    expect(placed).toContain('input Filter { kind: Kind = A @i }');
    expect(placed.replaceAll(/ @[a-j](?!\w)/g, '')).toBe(text);
  });

  it('refuses a place that does not exist', () => {
    expect(() => placeDirectives(text, { 'Thing.name': '@x' })).toThrow(
      'There is no Thing.name in the schema to put @x on.',
    );
  });
});
