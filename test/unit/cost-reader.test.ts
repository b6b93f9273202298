import fc from 'fast-check';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { createCostReader } from '../../src/operations/rules/cost.js';
import { requestCost } from '../../src/operations/cost/request-cost.js';
import { runs } from '../support/runs.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });
const document = parse(`
  query ($first: Int, $offset: Int, $users: Int = 5, $withUsers: Boolean!, $keys: [_Any!]!, $key: String = "a") {
    customers(first: $first, offset: $offset) { nodes { id ...Users @include(if: $withUsers) customerAttributes { value(key: $key) } } }
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
    key: fc.option(fc.string()),
    keys: fc.array(fc.record({ __typename: fc.constant('Customer'), id: fc.string() }), { maxLength: 5 }),
  },
  { requiredKeys: ['withUsers', 'keys'] },
);

describe('what an operation costs, remembered', () => {
  it('equals the cost of the same variables, in whatever order they come', () => {
    if (!operation) throw new Error('no operation');
    const costOf = createCostReader(schema, document, operation);
    fc.assert(
      fc.property(variables, (values) => {
        const cost = requestCost(schema, document, operation, values);
        // What fits is what is remembered, and a place in a list that does not fit is no part of it.
        if (cost !== undefined) expect(costOf(values)).toEqual(cost);
        else
          expect([undefined, requestCost(schema, document, operation, { ...values, offset: 0 })]).toContainEqual(
            costOf(values),
          );
      }),
      { numRuns: runs(200) },
    );
  });
});
