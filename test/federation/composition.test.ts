import { readFileSync } from 'node:fs';
import { parse, visit, type FieldDefinitionNode } from 'graphql';
import { printSchemaText } from '../../src/schema/print-schema-text.js';
import { COMPOSERS } from '../support/composers.js';

const dracoon = (options?: { scopes: boolean }) => ({
  name: 'dracoon',
  url: 'http://127.0.0.1/dracoon',
  sdl: printSchemaText(options),
});

const billing = {
  name: 'billing',
  url: 'http://127.0.0.1/billing',
  sdl: readFileSync('examples/supergraph/billing.graphql', 'utf8'),
};

/** A subgraph that refers to both entities, by each of their keys. */
const support = {
  name: 'support',
  url: 'http://127.0.0.1/support',
  sdl: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
    type Query { tickets: [Ticket!]! }
    type Ticket { id: ID! customer: Customer webhook: Webhook labels: [KeyValueEntry!]! reporter: UserInfo }
    type Customer @key(fields: "customerUuid") { customerUuid: UUID! tickets: [Ticket!]! }
    type Webhook @key(fields: "id", resolvable: false) { id: ID! }
    type KeyValueEntry @shareable { key: String! value: String! }
    type UserInfo @shareable {
      id: ID!
      userType: UserType!
      firstName: String!
      lastName: String!
      userName: String!
      email: String
      avatarUuid: String!
      displayName: String
      title: String
    }
    enum UserType { SYSTEM INTERNAL EXTERNAL DELETED }
    scalar UUID
  `,
};

function fieldsOf(supergraph: string, typeName: string): Map<string, FieldDefinitionNode> {
  const fields = new Map<string, FieldDefinitionNode>();
  visit(parse(supergraph), {
    ObjectTypeDefinition(type) {
      if (type.name.value === typeName) for (const field of type.fields ?? []) fields.set(field.name.value, field);
    },
  });
  return fields;
}

const directivesOf = (field: FieldDefinitionNode | undefined): string[] =>
  (field?.directives ?? []).map(({ name }) => name.value);

describe.each(Object.entries(COMPOSERS))('%s', (_name, compose) => {
  it('composes the subgraph alone', () => {
    expect(compose([dracoon()]).errors).toEqual([]);
  });

  it('composes it with a subgraph that extends customers', () => {
    const { errors, supergraph } = compose([dracoon(), billing]);
    expect(errors).toEqual([]);
    const customer = fieldsOf(supergraph, 'Customer');
    expect([...customer.keys()]).toEqual(
      expect.arrayContaining(['id', 'customerUuid', 'quotaMax', 'users', 'invoices']),
    );
    expect([...fieldsOf(supergraph, 'Query').keys()]).toEqual(
      expect.arrayContaining(['customers', 'webhooks', 'invoices']),
    );
  });

  it('composes it with one that refers to entities by the other key and shares value types', () => {
    const { errors, supergraph } = compose([dracoon(), billing, support]);
    expect(errors).toEqual([]);
    expect([...fieldsOf(supergraph, 'Customer').keys()]).toEqual(expect.arrayContaining(['invoices', 'tickets']));
  });

  it('keeps only what all subgraphs have of an input and of an enum of inputs', () => {
    const sdl = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
      type Query { notes(text: TextFilter, direction: OrderDirection): [String!]! }
      input TextFilter { eq: String startsWith: String }
      enum OrderDirection { ASC NATURAL }
    `;
    const { errors, supergraph } = compose([dracoon(), { name: 'notes', url: 'http://127.0.0.1/notes', sdl }]);
    expect(errors).toEqual([]);
    const members = new Map<string, string[]>();
    visit(parse(supergraph), {
      InputObjectTypeDefinition: ({ name, fields = [] }) =>
        void members.set(
          name.value,
          fields.map((of) => of.name.value),
        ),
      EnumTypeDefinition: ({ name, values = [] }) =>
        void members.set(
          name.value,
          values.map((of) => of.name.value),
        ),
    });
    expect([members.get('TextFilter'), members.get('OrderDirection')]).toEqual([['eq'], ['ASC']]);
  });

  it('takes over descriptions, deprecations, tags and costs', () => {
    const { supergraph } = compose([dracoon(), billing]);
    const activationCode = fieldsOf(supergraph, 'Customer').get('activationCode');
    expect(activationCode?.description?.value).toBe('Code that activates the customer; FREE and DEMO contracts only.');
    expect(directivesOf(activationCode)).toEqual(expect.arrayContaining(['deprecated', 'tag']));
    expect(directivesOf(fieldsOf(supergraph, 'Mutation').get('createCustomer'))).toContain('tag');
  });

  it('takes over what is null only beside an error', () => {
    const { supergraph } = compose([dracoon(), billing, support]);
    for (const [type, field] of [
      ['Query', 'customers'],
      ['Mutation', 'createCustomer'],
      ['CustomerConnection', 'nodes'],
      ['WebhookEdge', 'node'],
      ['Customer', 'users'],
    ] as const) {
      expect([type, field, directivesOf(fieldsOf(supergraph, type).get(field))]).toEqual([
        type,
        field,
        expect.arrayContaining(['semanticNonNull']) as string[],
      ]);
    }
    expect(directivesOf(fieldsOf(supergraph, 'Query').get('customer'))).not.toContain('semanticNonNull');
  });

  it('composes the variant with scopes', () => {
    const { errors, supergraph } = compose([dracoon({ scopes: true }), billing]);
    expect(errors).toEqual([]);
    expect(directivesOf(fieldsOf(supergraph, 'Customer').get('activationCode'))).toContain('requiresScopes');
    expect(directivesOf(fieldsOf(supergraph, 'Query').get('upstreamVersion'))).toContain('authenticated');
  });

  it('refuses a subgraph that claims a field of a customer', () => {
    const claiming = {
      ...billing,
      sdl: billing.sdl.replace('id: ID!\n  "The customer', 'id: ID!\n  quotaMax: Float!\n  "The customer'),
    };
    expect(claiming.sdl).toContain('quotaMax');
    expect(compose([dracoon(), claiming]).errors).not.toEqual([]);
  });
});

describe('costs', () => {
  it.each(['@apollo/composition', '@theguild/federation-composition'])('reach the supergraph of %s', (name) => {
    const supergraph = COMPOSERS[name]?.([dracoon(), billing]).supergraph ?? '';
    expect(directivesOf(fieldsOf(supergraph, 'Query').get('customers'))).toEqual(
      expect.arrayContaining(['cost', 'listSize']),
    );
  });
});

/** Decision 0042: the directive waits for the composers that do not take it. */
describe('@cacheTag', () => {
  const { sdl } = dracoon();
  const tagged = sdl
    .replace('federation/v2.9", import: [', 'federation/v2.12", import: ["@cacheTag", ')
    .replace(/^type Customer /m, 'type Customer @cacheTag(format: "customers") ');
  const composed = Object.entries(COMPOSERS).map(([name, compose]) => ({
    name,
    ...compose([{ ...dracoon(), sdl: tagged }]),
  }));

  it('is taken by the composer of Apollo, and not by the others without more', () => {
    expect(tagged.match(/@cacheTag/g)).toHaveLength(2);
    expect(composed.map(({ name, errors }) => [name, errors.length > 0])).toEqual([
      ['@apollo/composition', false],
      ['@theguild/federation-composition', true],
      ['@wundergraph/composition', true],
    ]);
    expect(composed[0]?.supergraph).toContain('name: "federation__cacheTag", args: {format: "customers"}');
    expect(composed[1]?.errors).toEqual([expect.stringContaining('Invalid version v2.12')]);
  });
});
