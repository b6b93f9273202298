import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from '../support/start-stack.js';

const SCALARS = [
  ...['id', 'customerUuid', 'companyName', 'customerContractType', 'activationCode', 'providerCustomerId', 'isLocked'],
  ...['lockStatus', 'quotaMax', 'quotaUsed', 'userMax', 'userUsed', 'cntInternalUser', 'cntGuestUser', 'webhooksMax'],
  ...['trialDaysLeft', 'createdAt', 'updatedAt', 'lastLoginAt'],
];
const DOCUMENTS = 9;
const ALIASES = 8;

let stack: Stack;
beforeAll(async () => (stack = await startStack({ sandbox: { customers: 30 }, env: { FAST_LANE: 'on' } })));
afterAll(() => stack.close());
beforeEach(() => stack.sandbox.log.clear());

/** Another subset of the scalars for each number. */
const subset = (number: number): string =>
  SCALARS.filter((_, bit) => (((number * 2_654_435_761) >>> 0) >>> bit) & 1).join(' ');

const SELECTIONS: readonly [name: string, below: (number: number) => string][] = [
  ['nothing but properties', (number) => `id ${subset(number)}`],
  ['properties beside what a resolver gives', (number) => `id ${subset(number)} customerAttributes{value(key:"a")}`],
  ['lists inside of records', (number) => `id ${subset(number)} customerAttributes{items{key value}}`],
];

/** Counts the regular expressions that are made meanwhile. */
async function countPatterns(run: () => Promise<void>): Promise<number> {
  const original = globalThis.RegExp;
  let made = 0;
  globalThis.RegExp = new Proxy(original, {
    construct(target, given: ConstructorParameters<RegExpConstructor>) {
      made += 1;
      return new target(...given);
    },
  });
  try {
    await run();
  } finally {
    globalThis.RegExp = original;
  }
  return made;
}

describe('memory of compiled operations', () => {
  it.each(SELECTIONS)('compiles no pattern for a selection of %s', async (_name, below) => {
    const send = async (first: number): Promise<void> => {
      const aliases = Array.from({ length: ALIASES }, (_, alias) => first * ALIASES + alias + 1);
      const fields = aliases.map((number, at) => `a${at}:customers(first:3,offset:${at}){nodes{${below(number)}}}`);
      const text = `{${fields.join(' ')}}`;
      const answers = [];
      for (let time = 0; time < 4; time += 1) answers.push(await stack.data(text));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    };
    // The first answers teach how the upstream writes its records.
    for (let document = 0; document < 3; document += 1) await send(document);
    const made = await countPatterns(async () => {
      for (let document = 3; document < DOCUMENTS; document += 1) await send(document);
    });
    expect(made).toBeLessThan(20);
    expect(stack.sandbox.log.all()).toHaveLength(DOCUMENTS * ALIASES * 4);
  });
});

describe('credentials that the upstream has not accepted', () => {
  const FREE =
    '{__typename _entities(representations:[{__typename:"Customer",id:"7"}]){__typename ...on Customer{id}}}';
  const PUBLIC = '{upstreamVersion{restApiVersion}}';
  const WITH_CREDENTIAL = '{customers(first:1){nodes{id}}}';

  /** Sends a document four times, and tells for each whether it was answered by what was compiled. */
  async function sendFourTimes(text: string, token: string): Promise<unknown[]> {
    const compiled = [];
    for (let time = 0; time < 4; time += 1) {
      const answer = await stack.execute(text, {}, { 'x-sds-service-token': token, 'x-explain-upstream': '1' });
      expect(answer.status).toBe(200);
      compiled.push((answer.extensions?.['upstream'] as { compiled?: unknown } | undefined)?.compiled);
    }
    return compiled;
  }

  it.each([
    ['needs no upstream', FREE],
    ['reads what the upstream tells everybody', PUBLIC],
    ['the upstream refuses', WITH_CREDENTIAL],
  ])('have no operation compiled that %s', async (_name, text) => {
    expect(await sendFourTimes(text, 'made-up')).toEqual([false, false, false, false]);
    expect(stack.sandbox.log.all().filter(({ status }) => status === 200 && text !== PUBLIC)).toEqual([]);
  });

  it('have operations compiled from the first call on that succeeds, and no others have a part in them', async () => {
    const token = SANDBOX_TOKENS.second;
    expect(await sendFourTimes(FREE, token)).toEqual([false, false, false, false]);
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await sendFourTimes(WITH_CREDENTIAL, token)).at(-1)).toBe(true);
    expect((await sendFourTimes(FREE, token)).at(-1)).toBe(true);
    expect(await sendFourTimes(FREE, 'made-up-too')).toEqual([false, false, false, false]);
    expect(stack.sandbox.log.all()).toHaveLength(4);
  });
});
