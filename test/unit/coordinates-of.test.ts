import { loadManifest } from '../../src/operations/trusted-documents/load-manifest.js';
import { coordinatesOf, scopesOf } from '../../src/operations/trusted-documents/coordinates-of.js';
import { readManifestOperations } from '../../src/operations/trusted-documents/manifest-operations.js';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });

describe('the coordinates of an operation', () => {
  it('are those of its own fields and of its fragments, whatever else its document holds', () => {
    const text = `
      query First { c: customer(id: 1) { ...Name users(first: 1) { nodes { userName } } } }
      mutation Second { deleteCustomer(input: { id: 1 }) { userErrors { code } } }
      fragment Name on Customer { companyName ... { id } }
    `;
    const { all } = readManifestOperations(loadManifest(JSON.stringify({ both: text })), schema);
    expect(all.map((operation) => [operation.name, coordinatesOf(operation, schema)])).toEqual([
      [
        'First',
        [
          'Query.customer',
          'Customer.users',
          'UserConnection.nodes',
          'User.userName',
          'Customer.companyName',
          'Customer.id',
        ],
      ],
      ['Second', ['Mutation.deleteCustomer', 'DeleteCustomerPayload.userErrors', 'UserError.code']],
    ]);
  });

  it('are those of an operation without a name', () => {
    const { all } = readManifestOperations(loadManifest('{"anonymous":"{ webhooks { totalCount } }"}'), schema);
    expect(all.map((operation) => coordinatesOf(operation, schema))).toEqual([
      ['Query.webhooks', 'WebhookConnection.totalCount'],
    ]);
  });
});

describe('the scopes of an operation', () => {
  it('are those of its fields and of their types', () => {
    expect(scopesOf(['Query.customer', 'Customer.activationCode', 'Customer.id'])).toEqual([
      'customers:read',
      'secrets:read',
    ]);
    expect(scopesOf(['Query.upstreamVersion'])).toEqual([]);
  });
});
