import { graphql } from '../gql/gql.js';
import type { ListCustomersQuery } from '../gql/graphql.js';
import { startStack, type Stack } from '../support/start-stack.js';

const EVERY_FIELD = graphql(`
  query EveryCustomerField($id: ID!) {
    customer(id: $id) {
      id
      customerUuid
      companyName
      customerContractType
      activationCode
      providerCustomerId
      isLocked
      lockStatus
      quotaMax
      quotaUsed
      userMax
      userUsed
      cntInternalUser
      cntGuestUser
      webhooksMax
      trialDaysLeft
      createdAt
      updatedAt
      lastLoginAt
      customerAttributes {
        items {
          key
          value
        }
      }
    }
  }
`);

const LIST = graphql(`
  query ListCustomers($filter: CustomerFilter, $orderBy: [CustomerOrder!], $first: Int, $after: String, $offset: Int) {
    customers(filter: $filter, orderBy: $orderBy, first: $first, after: $after, offset: $offset) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          id
        }
      }
      nodes {
        id
        companyName
        customerContractType
        isLocked
        quotaUsed
        createdAt
      }
    }
  }
`);

const COUNT = graphql(`
  query CountCustomers {
    customers {
      totalCount
    }
  }
`);

const ONE = graphql(`
  query OneCustomer($id: ID!) {
    customer(id: $id) {
      id
    }
  }
`);

const BY_UUID = graphql(`
  query CustomerByUuid($uuid: UUID!) {
    customerByUuid(customerUuid: $uuid) {
      id
      companyName
      customerAttributes {
        items {
          key
        }
      }
    }
  }
`);

const USERS = graphql(`
  query UsersOfCustomer($id: ID!, $filter: UserFilter, $orderBy: [UserOrder!], $withRoles: Boolean!) {
    customer(id: $id) {
      users(filter: $filter, orderBy: $orderBy, first: 500) {
        totalCount
        nodes {
          id
          userName
          firstName
          lastName
          email
          isLocked
          createdAt
          avatarUuid
          userRoles @include(if: $withRoles) {
            items {
              id
              name
            }
          }
        }
      }
    }
  }
`);

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

/** What the upstream itself answers, as the tests' yardstick. */
async function upstream(path: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${stack.sandbox.url}/v4/provisioning${path}`, {
    headers: { 'x-sds-service-token': 'sandbox-provider-one' },
  });
  return (await response.json()) as Record<string, unknown>;
}

describe('customer', () => {
  it('answers every field as the upstream has it', async () => {
    for (const id of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      const { customer } = await stack.data(EVERY_FIELD, { id });
      const raw = await upstream(`/customers/${id}?include_attributes=true`);
      expect(customer).toEqual({
        activationCode: null,
        providerCustomerId: null,
        webhooksMax: null,
        trialDaysLeft: null,
        updatedAt: null,
        lastLoginAt: null,
        ...raw,
        id,
        customerContractType: String(raw['customerContractType']).toUpperCase(),
      });
    }
  });

  it('is null if the upstream has none', async () => {
    expect(await stack.data(ONE, { id: '999999' })).toEqual({ customer: null });
  });

  it.each(['0', '-1', '01', '1.5', 'abc', '../2', '1/users', '%2e%2e', '1?x=', '1#', '9223372036854775808', ''])(
    'refuses the id %j without an upstream call',
    async (id) => {
      const { errors } = await stack.execute(ONE, { id });
      expect(errors).toMatchObject([{ path: ['customer'], extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }]);
      expect(stack.sandbox.log.all()).toEqual([]);
    },
  );
});

describe('customerByUuid', () => {
  it('finds a customer by the UUID, in either case of letters', async () => {
    const uuid = String((await upstream('/customers/77'))['customerUuid']);
    const expected = { customerByUuid: expect.objectContaining({ id: '77' }) as unknown };
    expect(await stack.data(BY_UUID, { uuid })).toEqual(expected);
    expect(await stack.data(BY_UUID, { uuid: uuid.toUpperCase() })).toEqual(expected);
  });

  it('is null if the upstream has none', async () => {
    expect(await stack.data(BY_UUID, { uuid: '00000000-0000-4000-8000-000000000000' })).toEqual({
      customerByUuid: null,
    });
  });
});

describe('customers', () => {
  it('hands filter, order and page on to the upstream, in one request', async () => {
    const { customers } = await stack.data(LIST, {
      filter: {
        customerContractType: { eq: 'PAY' },
        isLocked: { eq: false },
        quotaUsed: { gte: 1, lte: '9223372036854775807' },
        createdAt: { gte: '2015-01-01', lte: '2030-12-31' },
      },
      orderBy: [
        { field: 'COMPANY_NAME', direction: 'DESC' },
        { field: 'CREATED_AT', direction: 'ASC' },
      ],
      first: 7,
      offset: 3,
    });
    expect(stack.sandbox.log.all().map(({ operationId, query }) => ({ operationId, query }))).toEqual([
      {
        operationId: 'requestCustomers',
        query: {
          offset: '3',
          limit: '7',
          filter:
            'customerContractType:eq:pay|quotaUsed:ge:1|quotaUsed:le:9223372036854775807|isLocked:eq:false|createdAt:ge:2015-01-01|createdAt:le:2030-12-31',
          sort: 'companyName:desc|createdAt:asc',
          include_attributes: 'false',
        },
      },
    ]);
    expect(customers.nodes).toHaveLength(7);
    for (const node of customers.nodes) expect(node).toMatchObject({ customerContractType: 'PAY', isLocked: false });
  });

  it('pages through all customers once each, in order, by cursor', async () => {
    const ids: string[] = [];
    const edges: [boolean, boolean][] = [];
    let after: string | null = null;
    do {
      const page: ListCustomersQuery['customers'] = (await stack.data(LIST, { first: 50, after })).customers;
      const { hasNextPage, hasPreviousPage, endCursor } = page.pageInfo;
      ids.push(...page.nodes.map(({ id }) => id));
      edges.push([hasNextPage, hasPreviousPage]);
      after = hasNextPage ? (endCursor ?? null) : null;
    } while (after);
    expect(new Set(ids).size).toBe(120);
    expect(ids).toHaveLength(120);
    expect(edges).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
  });

  it('keeps a cursor valid for a gateway started anew', async () => {
    const { customers } = await stack.data(LIST, { first: 10 });
    const other = await startStack();
    try {
      const [here, there] = await Promise.all(
        [stack, other].map((each) => each.data(LIST, { first: 5, after: customers.pageInfo.endCursor ?? null })),
      );
      expect(there).toEqual(here);
      expect(here?.customers.pageInfo.hasPreviousPage).toBe(true);
    } finally {
      await other.close();
    }
  });

  it('knows the exact end of the list', async () => {
    const at = async (offset: number, first: number): Promise<unknown> => {
      const { customers } = await stack.data(LIST, { offset, first });
      return [customers.nodes.length, customers.pageInfo.hasNextPage, customers.pageInfo.hasPreviousPage];
    };
    expect(await at(0, 120)).toEqual([120, false, false]);
    expect(await at(0, 119)).toEqual([119, true, false]);
    expect(await at(119, 1)).toEqual([1, false, true]);
    expect(await at(120, 10)).toEqual([0, false, true]);
    expect(await at(0, 500)).toEqual([120, false, false]);
  });

  it('reads no page of customers for the count alone', async () => {
    expect(await stack.data(COUNT)).toEqual({ customers: { totalCount: 120 } });
    expect(stack.sandbox.log.all().map(({ query }) => query['limit'])).toEqual(['1']);
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 501 }, 'first'],
    [{ offset: -1 }, 'offset'],
    [{ offset: 0, after: 'b2Zmc2V0OjA' }, 'offset'],
    [{ after: 'nonsense' }, 'after'],
    [{ filter: { companyName: { contains: 'a|id:eq:1' } } }, 'filter.companyName.contains'],
    [{ filter: { companyName: { contains: 'a:b' } } }, 'filter.companyName.contains'],
  ])('refuses %j without an upstream call', async (variables, argument) => {
    const { errors, data } = await stack.execute(LIST, variables);
    expect(errors).toMatchObject([{ path: ['customers'], extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(data).toEqual({ customers: null });
    expect(stack.sandbox.log.all()).toEqual([]);
  });
});

describe('users', () => {
  it('answers users with their roles, and asks for roles only where they are selected', async () => {
    const withRoles = await stack.data(USERS, { id: '2', withRoles: true });
    const without = await stack.data(USERS, { id: '2', withRoles: false });
    const asked = stack.sandbox.log.of('requestCustomerUsers').map(({ query }) => query['include_roles']);
    expect(asked).toEqual(['true', 'false']);
    const raw = await upstream('/customers/2/users?include_roles=true');
    const nodes = withRoles.customer?.users.nodes ?? [];
    expect(nodes.map(({ id, userName }) => [id, userName])).toEqual(
      (raw['items'] as { id: number; userName: string }[]).map(({ id, userName }) => [String(id), userName]),
    );
    expect(nodes.every(({ userRoles }) => (userRoles?.items.length ?? 0) > 0)).toBe(true);
    expect(without.customer?.users.totalCount).toBe(nodes.length);
  });

  it('hands filter and order on', async () => {
    await stack.data(USERS, {
      id: '2',
      filter: { firstName: { contains: 'a' }, lastName: { contains: 'b' }, hasRole: { neq: 'GUEST_USER' } },
      orderBy: [{ field: 'LAST_NAME', direction: 'ASC' }],
      withRoles: false,
    });
    expect(stack.sandbox.log.of('requestCustomerUsers').at(-1)?.query).toMatchObject({
      filter: 'firstName:cn:a|lastName:cn:b|hasRole:neq:GUEST_USER',
      sort: 'lastName:asc',
    });
  });
});
