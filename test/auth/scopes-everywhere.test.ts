import { getNamedType, isLeafType, isObjectType, isRequiredArgument, type GraphQLField } from 'graphql';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { SCOPES } from '../../src/schema/policies.js';
import { startBearerStack } from '../support/token-issuer.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });

const CUSTOMERS = (selection: string): string => `{ customers(first: 4) { nodes { ${selection} } } }`;
const USERS = (selection: string): string => CUSTOMERS(`users(first: 2) { nodes { ${selection} } }`);
/** A query that reaches objects of a type by lists, around a selection on them. */
const QUERIES: Readonly<Record<string, (selection: string) => string>> = {
  Customer: CUSTOMERS,
  CustomerAttributes: (selection) => CUSTOMERS(`customerAttributes { ${selection} }`),
  KeyValueEntry: (selection) => CUSTOMERS(`customerAttributes { items { ${selection} } }`),
  CustomerConnection: (selection) => `{ customers(first: 2) { ${selection} } }`,
  User: USERS,
  Webhook: (selection) => `{ webhooks(first: 5) { nodes { ${selection} } } }`,
  WebhookEventType: (selection) => `{ webhookEventTypes { ${selection} } }`,
};

const selectionOf = ({ name, args, type }: GraphQLField<unknown, unknown>): string =>
  `${name}${args.some(isRequiredArgument) ? '(key: "a")' : ''}${isLeafType(getNamedType(type)) ? '' : ' { __typename }'}`;

const fieldsOf = (typeName: string): GraphQLField<unknown, unknown>[] => {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`no type ${typeName}`);
  return Object.values(type.getFields()).filter(({ name }) => SCOPES[`${typeName}.${name}`] === undefined);
};

describe.each(Object.entries(QUERIES))('a scope in the table of scopes on a field of %s', (typeName, toQuery) => {
  const fields = fieldsOf(typeName);
  const table = SCOPES as Record<string, string>;
  const coordinates = fields.map(({ name }) => `${typeName}.${name}`);
  let stack: Awaited<ReturnType<typeof startBearerStack>>;
  let may: Record<string, string>;
  let mayNot: Record<string, string>;
  beforeAll(async () => {
    for (const coordinate of coordinates) table[coordinate] = 'secrets:read';
    stack = await startBearerStack();
    may = await stack.issuer.bearer({ scope: 'customers:read webhooks:read secrets:read' });
    mayNot = await stack.issuer.bearer({ scope: 'customers:read webhooks:read' });
  });
  afterAll(async () => {
    for (const coordinate of coordinates) Reflect.deleteProperty(table, coordinate);
    await stack.close();
  });

  it.each(fields.map((field) => [field.name, toQuery(selectionOf(field))]))(
    'is enforced on every sending: %s',
    async (_name, query) => {
      for (let time = 0; time < 3; time += 1) {
        expect((await stack.execute(query, {}, may)).errors).toBeUndefined();
      }
      for (let time = 0; time < 4; time += 1) {
        const { errors = [] } = await stack.execute(query, {}, mayNot);
        expect(errors).not.toEqual([]);
        for (const { extensions } of errors) {
          expect(extensions).toEqual({
            code: 'FORBIDDEN',
            requiredScopes: expect.arrayContaining(['secrets:read']) as string[],
          });
        }
      }
    },
  );
});
