import { composeFiltered, toFilterTarget } from '../../../bench/upstream/compose-filtered.js';
import { fetchAnswer } from '../../../bench/upstream/fetch-answer.js';
import { SANDBOX_TOKENS } from '../../../src/sandbox/tokens.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';

const HEAD = `GET / HTTP/1.1\r\nx-sds-service-token: ${SANDBOX_TOKENS.first}`;
const PATH = '/api/v4/provisioning/customers';
const single = (id: number): string => `${PATH}/${id}?include_attributes=true`;
const filter = (ids: readonly number[]): string =>
  `${PATH}?offset=0&limit=${ids.length}&filter=${encodeURIComponent(`id:eq:${ids.join(':')}`)}&include_attributes=true`;

let sandbox: Sandbox;
let known: ReadonlyMap<string, Buffer>;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 30 });
  const targets = [2, 7, 19, 11, 9_999].map(single);
  const answers = targets.map(async (target) => [target, await fetchAnswer(sandbox.url, target, HEAD)] as const);
  known = new Map(await Promise.all(answers));
});
afterAll(() => sandbox.close());

describe('an answer put together from those for one customer', () => {
  it.each([[[7, 2]], [[19, 2, 11, 7]], [[2, 9_999, 19]], [[9_999, 9_999]]])(
    'for %j is the origin’s, byte for byte',
    async (ids) => {
      const { limit, singles } = toFilterTarget(filter(ids)) ?? { limit: '', singles: [] };
      const answers = singles.map((target) => known.get(target) ?? Buffer.from('unknown'));
      expect(composeFiltered(limit, answers).toString()).toBe(
        (await fetchAnswer(sandbox.url, filter(ids), HEAD)).toString(),
      );
    },
  );

  it('is for such filters only', () => {
    for (const target of [filter([2]), single(2), `${PATH}?offset=0&limit=2`, `${filter([2, 3])}&sort=companyName`]) {
      expect(toFilterTarget(target)).toBeUndefined();
    }
  });
});
