import fc from 'fast-check';
import {
  type Collapser,
  type UpstreamKnowledge,
  createCollapser,
  createUpstreamKnowledge,
} from '../../src/loaders/batch/fetch-customers.js';
import { runBatch } from '../../src/loaders/batch/run-batch.js';
import { createOperationBudget } from '../../src/loaders/operation-budget.js';
import { createCoalescer } from '../../src/upstream/calls/coalescer.js';
import { Lifetime } from '../../src/upstream/resilience/lifetime.js';
import type { Upstream } from '../../src/upstream/upstream.js';
import { UNKNOWN_TRAITS } from '../support/unknown-traits.js';
import { createCustomerWorld, type CustomerWorld, type FilterMode } from '../support/customer-world.js';
import { runs } from '../support/runs.js';

const FAR = 600_000;
const NONE: ReadonlySet<string> = new Set();
const range = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));
const outcome = (result: unknown): string =>
  result === null ? 'absent' : result instanceof Error ? 'error' : (result as { id: string }).id;

/** Equal reads under way are one, as they are for every operation of a caller. */
function shareReads(upstream: Upstream): Upstream {
  const coalescer = createCoalescer(FAR);
  const share = <T>(key: string, read: () => Promise<T>): Promise<T> =>
    coalescer.share({
      key,
      operationId: 'x',
      lifetime: new Lifetime(performance.now() + FAR),
      read,
      settled: () => undefined,
    });
  const { get, list } = upstream.customers;
  return {
    ...upstream,
    customers: {
      ...upstream.customers,
      get: (id, options) => share(`get ${id} ${JSON.stringify(options)}`, () => get(id, options)),
      list: (query) => share(`list ${JSON.stringify(query)}`, () => list(query)),
    },
  };
}

/** Every id is asked for by an operation of its own, all in one turn of the event loop. */
async function runAtOnce(
  world: CustomerWorld,
  asked: readonly string[],
  options: { knowledge?: UpstreamKnowledge; limit?: number; collapser?: Collapser } = {},
): Promise<{ outcomes: string[]; calls: number; knowledge: UpstreamKnowledge; strategies: string[] }> {
  const { upstream, calls } = createCustomerWorld(world);
  const shared = shareReads(upstream);
  const { knowledge = createUpstreamKnowledge(UNKNOWN_TRAITS), limit = 10, collapser = createCollapser() } = options;
  const strategies: string[] = [];
  const results = await Promise.all(
    asked.map((id) =>
      runBatch([{ id, attributes: false }], {
        upstream: shared,
        knowledge,
        budget: createOperationBudget(limit),
        concurrency: 64,
        collapser,
        scope: { customerTotal: undefined, uuids: { learn: () => undefined } },
        seen: undefined,
        trace: {
          planned({ strategy }) {
            strategies.push(strategy);
            return undefined;
          },
        },
      }),
    ),
  );
  const outcomes = results.map((result, index) => outcome(result.get(asked[index] ?? '')));
  return { outcomes, calls: calls(), knowledge, strategies };
}

describe('single reads of several operations', () => {
  it('are answered as if each were alone, whatever the filter does, with few calls more at the most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          asked: fc.array(fc.integer({ min: 1, max: 400 }).map(String), { minLength: 1, maxLength: 250 }),
          filter: fc.constantFrom<FilterMode>('or', 'first', 'none', 'ignore', 'reject', 'break'),
          hidden: fc.array(fc.integer({ min: 1, max: 300 }).map(String), { maxLength: 5 }),
          failing: fc.array(fc.integer({ min: 1, max: 400 }).map(String), { maxLength: 5 }),
        }),
        async ({ asked, filter, hidden, failing }) => {
          const world = { ids: range(300), filter, hidden: new Set(hidden), failing: new Set(failing) };
          const { outcomes, calls } = await runAtOnce(world, asked);
          for (const [index, id] of asked.entries()) {
            const isThere = Number(id) <= 300;
            const alone = world.failing.has(id) ? 'error' : isThere ? id : 'absent';
            // A filter may bring what a single read fails for.
            expect(isThere ? [alone, id] : [alone]).toContain(outcomes[index]);
          }
          const distinct = new Set(asked).size;
          expect(calls).toBeLessThanOrEqual(distinct + Math.ceil(distinct / 16));
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it.each([
    ['or', 'works', 1],
    ['first', 'fails', 1 + 14],
    ['none', 'fails', 1 + 15],
    ['ignore', 'fails', 1 + 8],
    ['reject', 'fails', 1 + 15],
    ['break', 'unknown', 1 + 15],
  ] as const)('learn what a filter that does %s is worth', async (filter, expected, calls) => {
    const world = { ids: range(30), filter, hidden: NONE, failing: NONE };
    const asked = range(30).filter((id) => Number(id) % 2 === 0);
    const first = await runAtOnce(world, asked);
    expect([first.knowledge.multiIdFilter, first.calls]).toEqual([expected, calls]);
    expect(first.outcomes).toEqual(asked);
    const again = await runAtOnce(world, asked, { knowledge: first.knowledge });
    expect(again.calls).toBe({ works: 1, fails: 15, unknown: 16 }[expected]);
  });

  it('learn nothing from a filter for customers that do not exist', async () => {
    const world = { ids: range(3), filter: 'or' as const, hidden: NONE, failing: NONE };
    const { knowledge, outcomes } = await runAtOnce(world, ['7', '8', '9']);
    expect([outcomes, knowledge.multiIdFilter]).toEqual([['absent', 'absent', 'absent'], 'unknown']);
  });

  it('are one call for at most sixteen customers', async () => {
    const world = { ids: range(33), filter: 'or' as const, hidden: NONE, failing: NONE };
    expect((await runAtOnce(world, range(33))).calls).toBe(3);
  });

  it('stay apart if there is one customer, or nothing left for a second call', async () => {
    const world = { ids: range(3), filter: 'or' as const, hidden: NONE, failing: NONE };
    const alike = await runAtOnce(world, ['2', '2', '2']);
    expect([alike.calls, alike.strategies]).toEqual([1, ['single', 'single', 'single']]);
    const poor = await runAtOnce(world, ['1', '2', '3'], { limit: 1 });
    expect([poor.outcomes, poor.calls]).toEqual([['1', '2', '3'], 3]);
  });

  it('of a later turn are another call', async () => {
    const world = { ids: range(4), filter: 'or' as const, hidden: NONE, failing: NONE };
    const collapser = createCollapser();
    const early = runAtOnce(world, ['1', '2'], { collapser });
    await new Promise((resolve) => setImmediate(resolve));
    const late = runAtOnce(world, ['3', '4'], { collapser });
    expect([(await early).calls, (await late).calls]).toEqual([1, 1]);
  });
});
