import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const QUERIES = 400;

interface Named {
  id: string;
  companyName: string;
  customerUuid: string;
}

/** What one kind of question takes as variables, and the answer that is right. */
type Question = (known: Named) => { query: string; variables: object; right: unknown };

const QUESTIONS: readonly Question[] = [
  ({ id, companyName }) => ({
    query: 'query A($id: ID!) { customer(id: $id) { companyName } }',
    variables: { id },
    right: { customer: { companyName } },
  }),
  ({ id, companyName }) => ({
    query: 'query B($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { companyName } } }',
    variables: { r: [{ __typename: 'Customer', id }] },
    right: { _entities: [{ companyName }] },
  }),
  ({ customerUuid, id, companyName }) => ({
    query: 'query C($uuid: UUID!) { customerByUuid(customerUuid: $uuid) { id companyName } }',
    variables: { uuid: customerUuid },
    right: { customerByUuid: { id, companyName } },
  }),
];

/** Every customer that a token sees, read past the gateway. */
async function readAll(stack: Stack, token: string): Promise<Named[]> {
  const headers = { 'x-sds-service-token': token };
  const response = await fetch(`${stack.sandbox.url}/v4/provisioning/customers?limit=500&sort=createdAt:asc`, {
    headers,
  });
  const { items } = (await response.json()) as { items: (Omit<Named, 'id'> & { id: number })[] };
  return items.filter(({ id }) => Number.isSafeInteger(id)).map((item) => ({ ...item, id: String(item.id) }));
}

describe.each(['0', '60'])('two service tokens with a cache of %s seconds', (CACHE_TTL_SECONDS) => {
  it(`each get their own of the same ids, over ${QUERIES} interleaved queries`, async () => {
    const stack = await startStack({ env: { CACHE_TTL_SECONDS } });
    try {
      const tokens = [SANDBOX_TOKENS.first, SANDBOX_TOKENS.second] as const;
      const [one, two] = [await readAll(stack, tokens[0]), await readAll(stack, tokens[1])];
      const shared = one.flatMap((mine) => {
        const theirs = two.find(({ id }) => id === mine.id);
        return theirs && theirs.companyName !== mine.companyName ? [[mine, theirs] as const] : [];
      });
      expect(shared.length).toBeGreaterThan(20);

      const asked = Array.from({ length: QUERIES }, (_, index) => {
        const caller = index % 2 === 0 ? 0 : 1;
        const turn = Math.floor(index / 2);
        const pair = shared[Math.floor(turn / QUESTIONS.length) % 20];
        const question = QUESTIONS[turn % QUESTIONS.length];
        if (!pair || !question) throw new Error('there is nothing to ask');
        return { ...question(pair[caller]), token: tokens[caller] };
      });
      const answers = await Promise.all(
        asked.map(async ({ query, variables, token }) => {
          const { data, errors } = await stack.execute(query, variables, { 'x-sds-service-token': token });
          return { data, errors };
        }),
      );
      expect(answers).toEqual(asked.map(({ right }) => ({ data: right, errors: undefined })));
      expect(new Set(stack.sandbox.log.all().map(({ token }) => token))).toEqual(new Set(tokens));
    } finally {
      await stack.close();
    }
  });
});

describe.each(['0', '60'])('two bearers with different claims and a cache of %s seconds', (CACHE_TTL_SECONDS) => {
  it(`each get what their claim allows, over ${QUERIES} interleaved queries`, async () => {
    const env = { CACHE_TTL_SECONDS, JWT_CUSTOMER_IDS_CLAIM: 'customer_ids' };
    const stack: Stack & { issuer: TokenIssuer } = await startBearerStack({ env });
    try {
      const all = (await readAll(stack, SANDBOX_TOKENS.first)).slice(0, 8);
      const callers = await Promise.all(
        [all.slice(0, 5), all.slice(3)].map(async (own) => ({
          own,
          headers: await stack.issuer.bearer({ scope: 'customers:read', customer_ids: own.map(({ id }) => id) }),
        })),
      );
      const byNumber = (a: Named, b: Named): number => Number(a.id) - Number(b.id);
      const asked = Array.from({ length: QUERIES }, (_, index) => {
        const caller = callers[index % 2];
        const turn = Math.floor(index / 2);
        const known = all[Math.floor(turn / (QUESTIONS.length + 1)) % all.length];
        const question = QUESTIONS[turn % (QUESTIONS.length + 1)];
        if (!caller || !known) throw new Error('there is nothing to ask');
        const { own, headers } = caller;
        if (!question) {
          const nodes = [...own].sort(byNumber).map(({ companyName }) => ({ companyName }));
          const right = { customers: { totalCount: own.length, nodes } };
          return { query: '{ customers { totalCount nodes { companyName } } }', variables: {}, right, headers };
        }
        const { query, variables, right } = question(known);
        const [field = ''] = Object.keys(right as object);
        const nothing = { [field]: field === '_entities' ? [null] : null };
        return { query, variables, right: own.includes(known) ? right : nothing, headers };
      });
      const answers = await Promise.all(
        asked.map(async ({ query, variables, headers }) => {
          const { data, errors } = await stack.execute(query, variables, headers);
          return { data, errors };
        }),
      );
      expect(answers).toEqual(asked.map(({ right }) => ({ data: right, errors: undefined })));
    } finally {
      await stack.close();
    }
  });
});
