import fc from 'fast-check';
import { parse } from 'graphql';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { mayCost, requestCost } from '../../src/server/request-cost.js';
import { generateOperation } from '../lane/generate-operation.js';
import { generateVariables } from '../lane/generate-variables.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });

describe('mayCost', () => {
  it('is true of every document that costs a request', () => {
    let quick = 0;
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const operation = generateOperation(g, schema);
        if (!operation || mayCost(operation.document)) return;
        quick += 1;
        const variables = generateVariables(g, schema, operation.variables);
        expect(requestCost(schema, operation.document, undefined, variables) ?? 0).toBe(0);
      }),
      { numRuns: 500 },
    );
    expect(quick).toBeGreaterThan(0);
  });

  it.each([
    ['{ customer(id: "1") { id webhooksMax } }', false],
    ['{ _entities(representations: []) { ... on Customer { id } } }', false],
    ['{ customer(id: "1") { id users { totalCount } } }', true],
    ['{ customer(id: "1") { ... { ...Users } } } fragment Users on Customer { users { totalCount } }', true],
    ['{ all: customers { totalCount } }', true],
    ['mutation { deleteCustomer(input: { id: "1" }) { deletedCustomerId } }', true],
  ])('of %s is %s', (text, expected) => {
    expect(mayCost(parse(text))).toBe(expected);
  });
});
