import { getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { loadConfig } from '../../src/config.js';
import { buildSubgraphSchema } from '../../src/schema/build-subgraph-schema.js';
import { requestCost, type RequestCost } from '../../src/operations/cost/request-cost.js';

const schema = buildSubgraphSchema({ enforcesScopes: false });
const { limits } = loadConfig({});

function costOf(text: string, variables: Record<string, unknown> = {}): RequestCost | undefined {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return requestCost(schema, document, operation, variables);
}

const CUSTOMER =
  'id customerUuid companyName customerContractType activationCode providerCustomerId isLocked lockStatus quotaMax quotaUsed userMax userUsed cntInternalUser cntGuestUser webhooksMax trialDaysLeft createdAt updatedAt lastLoginAt customerAttributes { items { key value } }';
const USER =
  'id userName firstName lastName email phone avatarUuid isLocked lockStatus login gender title hasManageableRooms isEncryptionEnabled homeRoomId createdAt expireAt lastLoginSuccessAt userRoles { items { id name description items { id name description } } } userAttributes { items { key value } }';

describe('requestCost', () => {
  it.each([
    ['{ customer(id: "1") { id webhooksMax } }', 0, 3],
    ['{ customer(id: "1") { users { totalCount } } }', 1, 3],
    ['{ customers { totalCount nodes { id } } }', 1, 53],
    ['{ customers(first: 5, after: "x") { nodes { id } } }', 2, 7],
    ['{ customers(first: 500) { nodes { id companyName } edges { cursor node { id } } } }', 1, 2_503],
    ['{ customers(first: 100) { nodes { users(first: 10) { nodes { id } } } } }', 101, 1_202],
    [
      '{ a: customers(first: 2) { ...C } b: customers(first: 2) { ...C } } fragment C on CustomerConnection { nodes { ... { id } } }',
      2,
      8,
    ],
    ['{ customers(first: 5) { nodes { id @skip(if: true) users @include(if: false) { totalCount } } } }', 1, 2],
    [`{ customers(first: 10) { nodes { ${'a'.repeat(640)}: id } } }`, 1, 112],
    ['{ customers(first: 0) { nodes { users { totalCount } } } }', 1, 2],
    ['{ customers(first: 501) { nodes { users { totalCount } } } }', 1, 2],
    ['{ customers(first: -500) { nodes { users { totalCount } } } }', 1, 2],
    ['mutation { deleteCustomer(input: { id: "1" }) { deletedCustomerId } }', 3, 2],
    ['subscription { customerEvents { customer { users(first: 3) { nodes { id } } } } }', 1, 7],
  ])('of %s is %i upstream requests and %i fields', (text, upstreamRequests, resultFields) => {
    expect(costOf(text)).toEqual({ upstreamRequests, resultFields, representations: 0 });
  });

  it('counts the representations of all _entities', () => {
    const text =
      'query ($r: [_Any!]!) { a: _entities(representations: $r) { __typename } b: _entities(representations: [{}, {}]) { __typename } }';
    expect(costOf(text, { r: [{}, {}, {}] })).toEqual({ upstreamRequests: 0, resultFields: 7, representations: 5 });
  });

  it('counts a field whose arguments or conditions do not fit as dear, and nothing below it', () => {
    expect(
      costOf('query ($k: String = "a") { customer(id: "1") { customerAttributes { value(key: $k) } } }', { k: null }),
    ).toMatchObject({
      resultFields: 1_002,
    });
    expect(
      costOf('query ($n: Boolean = true) { customers { nodes { id users @skip(if: $n) { totalCount } } } }', {
        n: null,
      }),
    ).toMatchObject({
      upstreamRequests: 1,
      resultFields: 2 + 50 * 1_001,
    });
  });

  it.each([
    ['query ($ids: [ID!]!) { customersByIds(ids: $ids) { id users { totalCount } } }', 3, 1 + 3 * 3],
    [
      'query ($ids: [String!]!) { customersByProviderCustomerIds(providerCustomerIds: $ids) { customers { id users { totalCount } } } }',
      3,
      1 + 3 * 4,
    ],
  ])('counts what is below a list of keys once for each key: %s', (text, upstreamRequests, resultFields) => {
    expect(costOf(text, { ids: ['1', '2', '3'] })).toMatchObject({ upstreamRequests, resultFields });
  });

  it('is undefined if the variables do not fit', () => {
    expect(costOf('query ($n: Int!) { customers(first: $n) { totalCount } }', { n: 'many' })).toBeUndefined();
  });

  it.each([
    [
      '500 customers with every field and a page of users each',
      `{ customers(first: 500) { totalCount nodes { ${CUSTOMER} users { totalCount nodes { ${USER} } } } } }`,
    ],
    [
      'a join of 1,000 customers with users',
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${CUSTOMER} users(first: 20) { nodes { ${USER} } } } } }`,
    ],
    [
      'the introspection of the schema by tools',
      getIntrospectionQuery({
        inputValueDeprecation: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        oneOf: true,
      }),
    ],
  ])('leaves room for %s', (_what, text) => {
    const cost = costOf(text, { r: Array.from({ length: 1_000 }, () => ({})) });
    expect(cost?.resultFields).toBeLessThan(limits.resultFields);
  });
});
