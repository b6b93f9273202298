import fc from 'fast-check';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { createCostReader } from '../../src/server/fast-lane/create-cost-reader.js';
import { requestCost } from '../../src/server/request-cost.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });
const document = parse(`
  query ($first: Int, $offset: Int, $users: Int, $withUsers: Boolean!, $keys: [_Any!]!) {
    customers(first: $first, offset: $offset) { nodes { id ...Users @include(if: $withUsers) } }
    _entities(representations: $keys) { ... on Customer { ...Users } }
  }
  fragment Users on Customer { users(first: $users) { totalCount } }
`);
const operation = document.definitions.find(
  (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
);

const size = fc.option(fc.constantFrom<unknown>(1, 2, 50, 500, 'many'));
const variables = fc.record(
  {
    first: size,
    offset: fc.option(fc.oneof(fc.nat(), fc.constant<unknown>('far'))),
    users: size,
    withUsers: fc.constantFrom<unknown>(true, false, null, 'yes'),
    keys: fc.array(fc.record({ __typename: fc.constant('Customer'), id: fc.string() }), { maxLength: 5 }),
  },
  { requiredKeys: ['withUsers', 'keys'] },
);

describe('what an operation costs, remembered', () => {
  it('is what it costs, whatever was asked before', () => {
    if (!operation) throw new Error('no operation');
    const costOf = createCostReader(schema, document, operation);
    fc.assert(
      fc.property(variables, (values) => {
        const cost = requestCost(schema, document, undefined, values);
        // What fits is what is remembered, and a place in a list that does not fit is no part of it.
        if (cost !== undefined) expect(costOf(values)).toBe(cost);
        else
          expect([undefined, requestCost(schema, document, undefined, { ...values, offset: 0 })]).toContain(
            costOf(values),
          );
      }),
      { numRuns: 500 },
    );
  });
});
