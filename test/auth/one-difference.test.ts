import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';
import { untilTaken } from '../support/until-taken.js';

type Headers = Record<string, string>;

let stack: Stack | (Stack & { issuer: TokenIssuer });
afterEach(() => stack.close());

/** Sends a query often enough to have it compiled, as both callers. */
async function compile(query: string, callers: readonly Headers[], variables?: object): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const headers of callers) await stack.execute(query, variables, headers);
  }
}

/** Sends a query as the second caller while that of the first is under way; resolves to both answers. */
async function askAtOnce(
  query: string,
  first: Headers,
  second: Headers,
  variables?: object,
): Promise<GraphqlAnswer<unknown>[]> {
  stack.sandbox.log.clear();
  const gate = createGate();
  stack.sandbox.faults.add({ until: gate.opened });
  const early = stack.execute(query, variables, first);
  await eventually('the first query is under way', () => stack.sandbox.log.all().length > 0);
  const late = stack.execute(query, variables, second);
  await untilTaken(() => stack.execute('{ __typename }', undefined, second));
  gate.open();
  const answers = await Promise.all([early, late]);
  stack.sandbox.faults.clear();
  return answers;
}

const dataOf = (answers: readonly GraphqlAnswer<unknown>[]): unknown[] => answers.map(({ data }) => data);
const codesOf = ({ data }: GraphqlAnswer<unknown>): (string | null)[] =>
  (data as { customers: { nodes: { activationCode: string | null }[] } }).customers.nodes.map(
    ({ activationCode }) => activationCode,
  );

describe('two callers who ask the same at the same moment', () => {
  it('get a secret by the scope of each, whichever of the two asks first', async () => {
    const query = '{ customers(first: 10) { nodes { activationCode } } }';
    const bearers = await startBearerStack();
    stack = bearers;
    const reader = await bearers.issuer.bearer({ scope: 'customers:read' });
    const keeper = await bearers.issuer.bearer({ scope: 'customers:read secrets:read' });
    await compile(query, [reader, keeper]);
    for (const [first, second] of [
      [reader, keeper],
      [keeper, reader],
    ] as const) {
      const answers = await askAtOnce(query, first, second);
      for (const [index, caller] of [first, second].entries()) {
        const answer = answers[index] as GraphqlAnswer<unknown>;
        const isKeeper = caller === keeper;
        expect(codesOf(answer).some((code) => code !== null)).toBe(isKeeper);
        expect(answer.errors?.[0]?.extensions.code).toBe(isKeeper ? undefined : 'FORBIDDEN');
      }
    }
  });

  it('get the customers that the claim of each names', async () => {
    const query = '{ customers { totalCount } five: customer(id: 5) { id } six: customer(id: 6) { id } }';
    const bearers = await startBearerStack({ env: { JWT_CUSTOMER_IDS_CLAIM: 'ids' } });
    stack = bearers;
    const scope = 'customers:read';
    const one = await bearers.issuer.bearer({ scope, ids: ['5'] });
    const both = await bearers.issuer.bearer({ scope, ids: ['5', '6'] });
    await compile(query, [one, both]);
    const right = new Map([
      [one, { customers: { totalCount: 1 }, five: { id: '5' }, six: null }],
      [both, { customers: { totalCount: 2 }, five: { id: '5' }, six: { id: '6' } }],
    ]);
    for (const pair of [
      [one, both],
      [both, one],
    ] as const) {
      expect(dataOf(await askAtOnce(query, ...pair))).toEqual(pair.map((caller) => right.get(caller)));
    }
  });

  it.each(['0', '60'])('get what the service token of each reads, with a cache of %s seconds', async (seconds) => {
    const query = 'query L($n: Int) { customers(first: $n) { nodes { customerUuid } } }';
    stack = await startStack({ sandbox: { customers: 20 }, env: { CACHE_TTL_SECONDS: seconds } });
    const one: Headers = { 'x-sds-service-token': SANDBOX_TOKENS.first };
    const two: Headers = { 'x-sds-service-token': SANDBOX_TOKENS.second };
    await compile(query, [one, two], { n: 1 });
    const answers = dataOf(await askAtOnce(query, one, two, { n: 2 }));
    const alone = [await stack.execute(query, { n: 3 }, one), await stack.execute(query, { n: 3 }, two)];
    const uuidsOf = (data: unknown): string[] =>
      (data as { customers: { nodes: { customerUuid: string }[] } }).customers.nodes.map(
        ({ customerUuid }) => customerUuid,
      );
    expect(answers.map(uuidsOf)).toEqual(dataOf(alone).map((data) => uuidsOf(data).slice(0, 2)));
    expect(new Set(answers.flatMap(uuidsOf)).size).toBe(4);
  });
});
