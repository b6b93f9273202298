import fc from 'fast-check';
import { runBatch } from '../../src/loaders/batch/run-batch.js';
import { createOperationBudget } from '../../src/loaders/operation-budget.js';
import { type UpstreamKnowledge, createUpstreamKnowledge } from '../../src/loaders/batch/fetch-customers.js';
import { UNKNOWN_TRAITS } from '../support/unknown-traits.js';
import { createCustomerWorld, type CustomerWorld, type FilterMode } from '../support/customer-world.js';
import { runs } from '../support/runs.js';

async function run(
  world: CustomerWorld,
  asked: readonly string[],
  options: { total?: number | undefined; knowledge?: UpstreamKnowledge; limit?: number } = {},
): Promise<{ results: ReadonlyMap<string, unknown>; calls: number; knowledge: UpstreamKnowledge }> {
  const { upstream, calls } = createCustomerWorld(world);
  const knowledge = options.knowledge ?? createUpstreamKnowledge(UNKNOWN_TRAITS);
  const results = await runBatch(
    asked.map((id) => ({ id, attributes: false })),
    {
      upstream,
      knowledge,
      budget: createOperationBudget(options.limit ?? 10_000),
      concurrency: 64,
      collapser: undefined,
      scope: { customerTotal: options.total, uuids: { learn: () => undefined } },
      seen: undefined,
      trace: { planned: () => undefined },
    },
  );
  return { results, calls: calls(), knowledge };
}

const range = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));
const NONE: ReadonlySet<string> = new Set();
const outcome = (result: unknown): string =>
  result === null ? 'absent' : result instanceof Error ? 'error' : (result as { id: string }).id;

describe('runBatch', () => {
  it('answers every key once with its own result, whatever the filter does, within its bound of calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          count: fc.nat(1_600),
          asked: fc.uniqueArray(fc.integer({ min: 1, max: 2_000 }).map(String), { minLength: 1, maxLength: 150 }),
          filter: fc.constantFrom<FilterMode>('or', 'first', 'none', 'ignore', 'reject'),
          hidden: fc.array(fc.integer({ min: 1, max: 1_600 }).map(String), { maxLength: 5 }),
          failing: fc.array(fc.integer({ min: 1, max: 2_000 }).map(String), { maxLength: 3 }),
          knowsTotal: fc.boolean(),
        }),
        async ({ count, asked, filter, hidden, failing, knowsTotal }) => {
          const ids = range(count);
          const world = { ids, filter, hidden: new Set(hidden), failing: new Set(failing) };
          const listed = ids.filter((id) => !world.hidden.has(id));
          const { results, calls } = await run(world, asked, { total: knowsTotal ? listed.length : undefined });

          expect([...results.keys()].sort()).toEqual([...asked].sort());
          for (const id of asked) {
            const inList = listed.includes(id);
            const expected = inList ? [id] : world.failing.has(id) ? ['error'] : [ids.includes(id) ? id : 'absent'];
            const possible = world.failing.has(id) ? [...expected, 'error'] : expected;
            expect(possible).toContain(outcome(results.get(id)));
          }

          const pages = Math.max(1, Math.ceil(listed.length / 500));
          const unlisted = asked.filter((id) => !listed.includes(id)).length;
          const fewest = Math.min(asked.length, pages);
          // Without the total, up to 20 keys are read singly and more cost one page to learn it.
          const bound = knowsTotal ? fewest + 1 : asked.length <= 20 ? asked.length + 1 : fewest + 2;
          expect(calls).toBeLessThanOrEqual(bound + unlisted);
        },
      ),
      { numRuns: runs(150) },
    );
  });

  it.each([
    ['or', 'works'],
    ['first', 'fails'],
    ['none', 'fails'],
    ['ignore', 'fails'],
    ['reject', 'fails'],
  ] as const)('learns for good what a filter that does %s is worth', async (filter, expected) => {
    const world = { ids: range(2_000), filter, hidden: NONE, failing: NONE };
    const { knowledge } = await run(
      world,
      range(2_000).filter((_, index) => index % 20 === 7),
    );
    expect(knowledge.multiIdFilter).toBe(expected);
    const again = await run(world, range(100), { total: 2_000, knowledge });
    expect(again.calls).toBe(expected === 'works' ? 1 : 4);
  });

  it('confirms singly what a filter known to work does not hold, without a scan', async () => {
    const world = { ids: range(2_000), filter: 'or' as const, hidden: NONE, failing: NONE };
    const { knowledge } = await run(world, range(10));
    const { calls, results } = await run(world, ['1', '3001', '3002', '3003'], { total: 2_000, knowledge });
    expect([...results.values()].map(outcome)).toEqual(['1', 'absent', 'absent', 'absent']);
    expect(calls).toBe(1 + 3);
  });

  it('learns nothing from a probe for customers that do not exist', async () => {
    const world = { ids: range(10), filter: 'or' as const, hidden: NONE, failing: NONE };
    const { knowledge, results } = await run(world, ['801', '802', '803']);
    expect(knowledge.multiIdFilter).toBe('unknown');
    expect([...results.values()]).toEqual([null, null, null]);
  });

  it('reads once more, singly, what a working filter left out', async () => {
    const world = { ids: range(1_000), filter: 'or' as const, hidden: new Set(['5']), failing: NONE };
    const { results, calls } = await run(world, ['3', '4', '5', '6', '1001']);
    expect([...results].map(([id, result]) => [id, outcome(result)]).sort()).toEqual([
      ['1001', 'absent'],
      ['3', '3'],
      ['4', '4'],
      ['5', '5'],
      ['6', '6'],
    ]);
    expect(calls).toBe(1 + 2);
  });

  it('refuses only the keys that the budget does not reach', async () => {
    const world = { ids: range(50_000), filter: 'reject' as const, hidden: NONE, failing: NONE };
    const { results, calls } = await run(world, range(10), { total: 50_000, limit: 5 });
    expect([...results.values()].every((result) => result instanceof Error)).toBe(true);
    expect(calls).toBeLessThanOrEqual(5);
  });
});
