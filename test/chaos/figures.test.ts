import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Outcome } from './client.js';
import { percentile, recoveryMs, toFigures, type Figures, type Observation } from './figures.js';
import { judge, NO_SLACK, type Bounds } from './judge.js';

const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  kind: 'single',
  token: SANDBOX_TOKENS.first,
  sentAtMs: 0,
  tookMs: 10,
  isAnswered: true,
  isGood: true,
  errors: [],
  leaks: [],
  ...change,
});
const failed = (code: string, change: Partial<Outcome> = {}): Outcome =>
  outcome({ isGood: false, errors: [{ code, retryAfterSeconds: undefined }], ...change });

const observe = (outcomes: readonly Outcome[], change: Partial<Observation> = {}): Figures =>
  toFigures({
    outcomes,
    getsWhileStruck: 0,
    gets: outcomes.length,
    liftedAtMs: undefined,
    growthBytes: 0,
    lateMs: 0,
    createdTwice: [],
    isAlive: true,
    ...change,
  });

const reads = (count: number, fromMs: number, change: Partial<Outcome> = {}): Outcome[] =>
  Array.from({ length: count }, (_, index) => outcome({ sentAtMs: fromMs + index * 10, ...change }));

describe('the figures of a phase', () => {
  it.each([
    [[], 0.99, 0],
    [[7], 0.99, 7],
    [[3, 1, 2, 4], 0.5, 2],
    [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
  ])('percentile of %j at %d is %d', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('recovery is the answer of the first of ten successful reads in a row that were sent afterwards', () => {
    const outcomes = [
      ...reads(20, 0),
      ...reads(9, 1_000),
      failed('UPSTREAM_ERROR', { sentAtMs: 1_095 }),
      outcome({ kind: 'create', isGood: false, sentAtMs: 1_155 }),
      ...reads(10, 1_100, { tookMs: 30 }),
    ];
    expect(recoveryMs(outcomes, 1_000)).toBe(130);
    expect(recoveryMs(outcomes.slice(0, -1), 1_000)).toBe(Infinity);
  });

  it('GETs per read are the higher one of: while struck, and altogether', () => {
    const outcomes = [...reads(10, 0), ...reads(30, 1_000), outcome({ kind: 'create' })];
    expect(observe(outcomes, { gets: 50, getsWhileStruck: 20, liftedAtMs: 500 }).getsPerRead).toBe(2);
    expect(observe(outcomes, { gets: 60, getsWhileStruck: 10, liftedAtMs: 500 }).getsPerRead).toBe(1.5);
  });

  it('creates and callers count apart', () => {
    const other = failed('UPSTREAM_TIMEOUT', { kind: 'list', token: SANDBOX_TOKENS.second, tookMs: 900 });
    expect(observe([outcome(), failed('UPSTREAM_ERROR', { kind: 'create' }), outcome(), other])).toMatchObject({
      share: 0.5,
      readShare: 2 / 3,
      othersShare: 1,
      othersMs: 10,
      maxMs: 900,
      codes: new Map([
        ['UPSTREAM_ERROR', 1],
        ['UPSTREAM_TIMEOUT', 1],
      ]),
    });
  });
});

describe('the judge', () => {
  const good = reads(100, 0);
  const BROKEN: readonly [string, Figures, Bounds, RegExp][] = [
    ['an unanswered request', observe([...good, outcome({ isAnswered: false, isGood: false })]), {}, /^1 unanswered/],
    ['a code of no list', observe([...good, failed('SOMETHING')]), {}, /^code SOMETHING/],
    ['no code', observe([...good, failed('none')]), {}, /^code none/],
    ['an internal error', observe([...good, failed('INTERNAL_SERVER_ERROR')]), {}, /^code INTERNAL_SERVER_ERROR/],
    ['a leak', observe([outcome({ leaks: ['secret'] })]), {}, /^leak of secret/],
    ['a create sent twice', observe(good, { createdTwice: ['Twice 1'] }), {}, /^sent twice: Twice 1/],
    ['an end of the process', observe(good, { isAlive: false }), {}, /^the gateway has ended/],
    ['a failed create', observe([outcome({ kind: 'create', isGood: false })]), { minShare: 1 }, /^successful: 0.0 %/],
    [
      'failed reads',
      observe([...good, ...reads(2, 0, { isGood: false })]),
      { minReadShare: 0.99 },
      /^successful reads/,
    ],
    ['failed others', observe(reads(3, 0, { isGood: false })), { minOthersShare: 0.99 }, /^successful reads of others/],
    ['amplified reads', observe(good, { gets: 131 }), { maxGetsPerRead: 1.3 }, /^GETs per read: 1.31, above 1.30/],
    ['a late tail', observe(reads(50, 0, { tookMs: 1_200 })), { maxP99Ms: 1_000 }, /^p99: 1200 ms/],
    ['one late answer', observe([...good, outcome({ tookMs: 10_600 })]), { maxMs: 10_500 }, /^longest wait: 10600/],
    ['others who wait', observe([outcome({ tookMs: 300 })]), { maxOthersMs: 250 }, /^longest wait of others: 300/],
    ['no recovery', observe(good, { liftedAtMs: 5_000 }), { maxRecoveryMs: 2_000 }, /^recovery: Infinity/],
    ['growth', observe(good, { growthBytes: 2 ** 28 }), { maxGrowthBytes: 2 ** 27 }, /^growth: 256 MiB, above 128/],
    ['no hint to wait', observe([failed('UPSTREAM_RATE_LIMITED')]), { passesRetryAfter: true }, /^1 failures without/],
  ];
  it.each(BROKEN)('sees %s', (_, figures, bounds, expected) => {
    expect(judge(figures, bounds, undefined, NO_SLACK)).toEqual([expect.stringMatching(expected)]);
  });

  it('sees trouble that has reached nobody', () => {
    expect(judge(observe(good), {}, 'UPSTREAM_TIMEOUT', NO_SLACK)).toEqual(['no one met UPSTREAM_TIMEOUT']);
  });

  it('finds nothing if all bounds hold', () => {
    const bounds: Bounds = {
      minShare: 1,
      minReadShare: 0.99,
      minOthersShare: 0.99,
      maxGetsPerRead: 1.2,
      maxP99Ms: 1_000,
      maxMs: 10_500,
      maxOthersMs: 250,
      maxRecoveryMs: 2_000,
      maxGrowthBytes: 1,
      passesRetryAfter: true,
    };
    expect(judge(observe(good, { liftedAtMs: 0 }), bounds, undefined, NO_SLACK)).toEqual([]);
  });

  it('gives way by its slack, and no further', () => {
    const slack = { time: 5, memory: 2, gets: 1.5, share: 0.1 };
    const figures = observe([...reads(95, 0, { tookMs: 4_000 }), ...reads(5, 0, { isGood: false })], {
      growthBytes: 2,
      gets: 150,
    });
    expect(
      judge(figures, { minReadShare: 0.99, maxGetsPerRead: 1, maxP99Ms: 1_000, maxGrowthBytes: 1 }, undefined, slack),
    ).toEqual([]);
    expect(judge(figures, { minShare: 1 }, undefined, { ...slack, share: 0.04 })).toHaveLength(1);
  });
});
