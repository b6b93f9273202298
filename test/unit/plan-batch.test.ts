import fc from 'fast-check';
import { planBatch, type BatchState, type UpstreamFacts } from '../../src/loaders/batch/plan-batch.js';
import { runs } from '../support/runs.js';

const FACTS: UpstreamFacts = {
  total: 2_000,
  multiIdFilter: 'works',
  pageSize: 500,
  singleMs: 10,
  pageMs: 40,
  concurrency: 256,
};

const needs = (count: number, from = 1): { id: string; attributes: boolean }[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(from + index), attributes: false }));

const state = (count: number, change: Partial<BatchState> = {}): BatchState => ({
  needs: needs(count),
  scanned: 0,
  hasExplored: false,
  remainingRequests: 250,
  ...change,
});

const summary = (count: number, facts: Partial<UpstreamFacts>, change: Partial<BatchState> = {}): unknown => {
  const plan = planBatch(state(count, change), { ...FACTS, ...facts });
  return plan && [plan.strategy, plan.calls.length];
};

describe('planBatch', () => {
  it.each([
    ['one id', 1, {}, ['single', 1]],
    ['one id, filter unknown', 1, { multiIdFilter: 'unknown' }, ['single', 1]],
    ['many ids, filter works', 100, {}, ['filter', 1]],
    ['many ids, filter unknown', 100, { multiIdFilter: 'unknown' }, ['probe', 1]],
    ['many ids, filter fails', 100, { multiIdFilter: 'fails' }, ['pages', 4]],
    ['few ids of many customers, filter fails', 10, { multiIdFilter: 'fails', total: 50_000 }, ['single', 10]],
    ['many ids, nothing known', 100, { multiIdFilter: 'fails', total: undefined }, ['explore', 1]],
    ['few ids, nothing known', 20, { multiIdFilter: 'fails', total: undefined }, ['single', 20]],
    ['all customers on one page', 100, { multiIdFilter: 'unknown', total: 500 }, ['pages', 1]],
    ['two ids, all customers on one page', 2, { multiIdFilter: 'unknown', total: 500 }, ['single', 2]],
    ['one page more than ids', 5, { multiIdFilter: 'fails' }, ['single', 5]],
    ['slow single reads', 5, { multiIdFilter: 'fails', singleMs: 500, pageMs: 40 }, ['pages', 4]],
    ['no customers at all', 3, { multiIdFilter: 'fails', total: 0 }, ['pages', 1]],
    ['more customers than there can be', 3, { multiIdFilter: 'fails', total: 2 ** 53 - 1 }, ['single', 3]],
  ] as const)('%s', (_, count, facts, expected) => {
    expect(summary(count, facts)).toEqual(expected);
  });

  it('goes on behind what it has scanned', () => {
    const plan = planBatch(state(100, { scanned: 500, hasExplored: true }), { ...FACTS, multiIdFilter: 'fails' });
    expect(plan?.calls.map((call) => call.kind === 'page' && call.offset)).toEqual([500, 1000, 1500]);
  });

  it('falls back to what the budget allows, and to nothing if none fits', () => {
    expect(summary(100, { multiIdFilter: 'fails' }, { remainingRequests: 4 })).toEqual(['pages', 4]);
    expect(summary(100, { multiIdFilter: 'fails' }, { remainingRequests: 3 })).toBeUndefined();
    expect(summary(5, { multiIdFilter: 'fails' }, { remainingRequests: 4 })).toEqual(['pages', 4]);
  });

  const anyState = fc.record({
    ids: fc.uniqueArray(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String), { minLength: 1, maxLength: 1_200 }),
    total: fc.option(fc.nat(200_000), { nil: undefined }),
    multiIdFilter: fc.constantFrom('works', 'fails', 'unknown'),
    pageSize: fc.integer({ min: 2, max: 1_000 }),
    singleMs: fc.integer({ min: 1, max: 2_000 }),
    pageMs: fc.integer({ min: 1, max: 10_000 }),
    concurrency: fc.integer({ min: 1, max: 512 }),
    hasExplored: fc.boolean(),
    remainingRequests: fc.nat(1_500),
    attributes: fc.boolean(),
  });

  it('keeps every bound, whatever is known', () => {
    fc.assert(
      fc.property(anyState, ({ ids, hasExplored, remainingRequests, attributes, ...known }) => {
        const plan = planBatch(
          { needs: ids.map((id) => ({ id, attributes })), scanned: 0, hasExplored, remainingRequests },
          known,
        );
        if (!plan) {
          expect(remainingRequests).toBeLessThan(ids.length);
          return;
        }
        const pages = known.total === undefined ? Infinity : Math.max(1, Math.ceil(known.total / known.pageSize));
        expect(plan.calls.length).toBeGreaterThan(0);
        expect(plan.calls.length).toBeLessThanOrEqual(remainingRequests);
        if (remainingRequests >= ids.length) {
          expect(plan.calls.length).toBeLessThanOrEqual(Math.min(ids.length, pages) + (hasExplored ? 0 : 1));
        }
        for (const call of plan.calls) {
          expect(call.attributes).toBe(attributes);
          if (call.kind === 'filter') {
            expect(encodeURIComponent(`id:eq:${call.ids.join(':')}`).length).toBeLessThan(6_100);
            expect(call.ids.length).toBeLessThanOrEqual(known.pageSize);
          }
        }
        const named = plan.calls.flatMap((call) =>
          call.kind === 'page' ? [] : call.kind === 'single' ? [call.id] : call.ids,
        );
        expect(new Set(named).size).toBe(named.length);
        if (plan.strategy === 'single' || plan.strategy === 'filter') expect(named).toEqual(ids);
        if (plan.strategy === 'pages') {
          const offsets = plan.calls.map((call) => (call.kind === 'page' ? call.offset : -1));
          expect(offsets).toEqual(Array.from({ length: pages }, (_, index) => index * known.pageSize));
        }
      }),
      { numRuns: runs(700) },
    );
  });
});
