import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { createGate } from '../support/gate.js';
import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';
import { startBearerStack, type TokenIssuer } from '../support/token-issuer.js';

const CACHE = { CACHE_TTL_SECONDS: '60', CACHE_SWR_SECONDS: '600', CACHE_STALE_IF_ERROR_SECONDS: '6000' };
const ONE = '{ customer(id: 5) { id companyName } }';
const OTHER = '{ customer(id: 7) { id companyName } }';
const LIST = '{ customers(first: 2) { nodes { id users(first: 1) { totalCount } } } }';
const VERSION = '{ upstreamVersion { restApiVersion } }';
const BY_UUID = (uuid: string): string => `{ customerByUuid(customerUuid: "${uuid}") { id } }`;
const WRITE =
  'mutation { updateCustomer(input: { id: 7, companyName: "X", customerContractType: PAY }) { userErrors { code } } }';
/** For as long a refused credential is not sent again. */
const REFUSED_MS = 5_000;
const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };

let stack: Stack;
afterEach(() => stack.close());

const ask = (query: string, headers?: Record<string, string>): Promise<GraphqlAnswer<unknown>> =>
  stack.execute(query, undefined, headers);

async function askTimes(times: number, query: string, headers?: Record<string, string>) {
  const answers = [];
  for (let time = 0; time < times; time += 1) answers.push(await ask(query, headers));
  return answers;
}

const codesOf = ({ errors }: GraphqlAnswer<unknown>): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions.code);
const requests = (): number => stack.sandbox.log.all().length;

/** Lets the upstream answer everything that a token asks, or one operation of it, with a status. */
const answering = (status: number, match: { operationId?: string; token?: string } = { token: SANDBOX_TOKENS.first }) =>
  stack.sandbox.faults.add({ match, action: { kind: 'respond', status, body: { code: status, message: 'no' } } });

/** Moves the monotonic clock. */
let aheadMs = 0;
const realNow = performance.now.bind(performance);
beforeAll(() => {
  performance.now = () => realNow() + aheadMs;
});
afterAll(() => {
  performance.now = realNow;
});
beforeEach(() => {
  aheadMs = 0;
});

describe('a token that the upstream no longer accepts', () => {
  beforeEach(async () => {
    stack = await startStack({ sandbox: { customers: 30 }, env: CACHE });
  });

  it('gets stale data no longer than until the first refresh is refused', async () => {
    for (const query of [ONE, LIST]) await askTimes(4, query);
    aheadMs = 61_000;
    const revocation = answering(401);
    stack.sandbox.log.clear();
    expect((await ask(ONE)).data).toMatchObject({ customer: { id: '5' } });
    await eventually('the refresh was refused', async () => codesOf(await ask(ONE)).includes('UNAUTHENTICATED'));

    for (const query of [ONE, LIST]) {
      for (const answer of await askTimes(4, query)) {
        expect(codesOf(answer)).toContain('UNAUTHENTICATED');
        expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
      }
    }
    revocation.remove();
    const outage = answering(503);
    for (const query of [ONE, LIST]) {
      for (const answer of await askTimes(4, query)) {
        expect(codesOf(answer)).not.toEqual([]);
        expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
      }
    }

    outage.remove();
    aheadMs += REFUSED_MS;
    await eventually('the circuit is closed', async () => (await ask(ONE)).errors === undefined);
    stack.sandbox.log.clear();
    expect((await ask(ONE)).data).toMatchObject({ customer: { id: '5' } });
    expect(requests()).toBe(0);
    aheadMs += 700_000;
    answering(503);
    expect((await ask(ONE)).data).toMatchObject({ customer: { id: '5' } });
  });

  it.each([
    ['a read', OTHER],
    ['a list', '{ webhooks(first: 1) { totalCount } }'],
    ['a write', WRITE],
  ])('loses fresh data with the first 401, here to %s', async (_, refused) => {
    for (const query of [ONE, LIST, VERSION]) await askTimes(4, query);
    const revocation = answering(401);
    expect(codesOf(await ask(refused))).toEqual(['UNAUTHENTICATED']);
    revocation.remove();
    for (const query of [ONE, LIST, VERSION]) {
      stack.sandbox.log.clear();
      expect((await ask(query)).errors).toBeUndefined();
      expect(requests()).toBeGreaterThan(0);
    }
    stack.sandbox.log.clear();
    for (const query of [ONE, LIST, VERSION]) await askTimes(2, query);
    expect(requests()).toBe(0);
  });

  it('takes nothing of another caller along', async () => {
    await askTimes(4, ONE, SECOND);
    await askTimes(4, ONE);
    answering(401);
    await ask(OTHER);
    stack.sandbox.log.clear();
    expect((await ask(ONE, SECOND)).data).toMatchObject({ customer: { id: '5' } });
    expect(requests()).toBe(0);
  });

  it('is not accepted again by a read that started before the refusal, nor is the cache filled by it', async () => {
    await askTimes(3, '{ customer(id: 9) { id } }');
    const gate = createGate();
    stack.sandbox.faults.add({ match: { path: /customers\/5$/ }, until: gate.opened, times: 1 });
    stack.sandbox.log.clear();
    const slow = ask(ONE);
    await eventually('it is under way', () => requests() === 1);
    const revocation = answering(401, { operationId: 'requestListOfTenantWebhooks' });
    expect(codesOf(await ask('{ webhooks(first: 1) { totalCount } }'))).toEqual(['UNAUTHENTICATED']);
    gate.open();
    expect((await slow).data).toMatchObject({ customer: { id: '5' } });
    revocation.remove();

    stack.sandbox.log.clear();
    expect((await ask(ONE)).errors).toBeUndefined();
    expect(requests()).toBe(1);
  });

  it('is not accepted again by an answer that asks for no credential', async () => {
    await askTimes(4, ONE);
    answering(401, { operationId: 'requestCustomer' });
    await ask(OTHER);
    expect((await ask(VERSION)).errors).toBeUndefined();
    expect(codesOf(await ask(ONE))).toEqual(['UNAUTHENTICATED']);
  });

  it('loses what was known of UUIDs', async () => {
    const { data } = await ask('{ customer(id: 5) { customerUuid } }');
    const { customerUuid } = (data as { customer: { customerUuid: string } }).customer;
    await askTimes(4, BY_UUID(customerUuid));
    const revocation = answering(401);
    await ask(OTHER);
    expect(codesOf(await ask(BY_UUID(customerUuid)))).toEqual(['UNAUTHENTICATED']);
    revocation.remove();
    aheadMs += REFUSED_MS;
    stack.sandbox.log.clear();
    await eventually('it is found', async () => (await ask(BY_UUID(customerUuid))).errors === undefined);
    expect(stack.sandbox.log.of('requestCustomers').length).toBeGreaterThan(0);
  });
});

describe('the credential of the gateway that the upstream no longer accepts', () => {
  it('costs every caller with a bearer token what was kept', async () => {
    const bearing: Stack & { issuer: TokenIssuer } = await startBearerStack({ env: CACHE });
    stack = bearing;
    const scope = 'customers:read';
    const [one, other] = [
      await bearing.issuer.bearer({ scope, sub: 'one' }),
      await bearing.issuer.bearer({ scope, sub: 'other' }),
    ];
    await askTimes(4, ONE, one);
    const revocation = answering(401);
    await ask(OTHER, other);
    expect(codesOf(await ask(ONE, one))).toEqual(['UNAUTHENTICATED']);
    revocation.remove();
    answering(503);
    expect((await ask(ONE, one)).data).toEqual({ customer: null });
  });
});
