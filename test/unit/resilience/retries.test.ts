import fc from 'fast-check';
import { UpstreamFailure, type UpstreamFailureDetails } from '../../../src/errors/upstream-failure.js';
import { Pace, createRetryBudget, retryDelayMs } from '../../../src/upstream/resilience/retries.js';

const failure = (details: Partial<UpstreamFailureDetails>): UpstreamFailure =>
  new UpstreamFailure({ operationId: 'x', kind: 'status', ...details });
const UNAVAILABLE = failure({ status: 503 });

describe('the delay before a read is sent again', () => {
  it.each([
    [{ status: 429 }, true],
    [{ status: 502 }, true],
    [{ status: 503 }, true],
    [{ status: 504 }, true],
    [{ kind: 'unreachable' }, true],
    [{ status: 500 }, false],
    [{ status: 404 }, false],
    [{ kind: 'timeout' }, false],
    [{ kind: 'not-json', status: 200 }, false],
    [{ kind: 'too-large', status: 200 }, false],
    [{ kind: 'bad-encoding', status: 200 }, false],
    [{ kind: 'aborted' }, false],
    [{ kind: 'circuit-open' }, false],
    [{ kind: 'paced' }, false],
    [{ kind: 'overloaded' }, false],
  ] as const)('after %j exists: %s', (details, isRetried) => {
    expect(retryDelayMs(failure(details), 1, 10_000, () => 0.5) !== undefined).toBe(isRetried);
  });

  it('is a random part of a bound that doubles, for three retries', () => {
    const delays = [1, 2, 3, 4].map((attempt) => retryDelayMs(UNAVAILABLE, attempt, 10_000, () => 1));
    expect(delays).toEqual([50, 100, 200, undefined]);
    expect(retryDelayMs(UNAVAILABLE, 2, 10_000, () => 0)).toBe(0);
  });

  it('is at least what the upstream asked for', () => {
    expect(retryDelayMs(failure({ status: 429, retryAfterSeconds: 2 }), 1, 10_000, () => 0.5)).toBe(2_025);
  });

  it('is a second and up to half of one after a 429 that does not say how long', () => {
    const delays = [0, 0.5, 1].map((random) => retryDelayMs(failure({ status: 429 }), 1, 10_000, () => random));
    expect(delays).toEqual([1_000, 1_250, 1_500]);
    expect(retryDelayMs(failure({ status: 429, retryAfterSeconds: 0 }), 1, 10_000, () => 0)).toBe(0);
  });

  it('always ends before the deadline', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: -10, max: 15_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (...given) => {
          const [retryAfterSeconds, remainingMs, random] = given;
          const delayMs = retryDelayMs(failure({ status: 503, retryAfterSeconds }), 1, remainingMs, () => random);
          if (delayMs !== undefined) expect(delayMs).toBeLessThan(remainingMs);
        },
      ),
    );
  });
});

describe('the retry budget', () => {
  it('is a fifth of the reads of the last two seconds and three more', () => {
    let time = 50_000;
    const budget = createRetryBudget({ now: () => time });
    const taken = (): number => {
      let count = 0;
      while (budget.take()) count += 1;
      return count;
    };
    expect(taken()).toBe(3);
    for (let read = 0; read < 100; read += 1) budget.read();
    expect(taken()).toBe(20);
    time += 1_000;
    expect(taken()).toBe(0);
    time += 1_200;
    expect(taken()).toBe(3);
  });
});

describe('the pace of a caller', () => {
  it('holds for as long as the upstream asked, the longest of all, and for a minute at most', () => {
    let time = 0;
    const pace = new Pace({ now: () => time });
    expect(pace.holdMs).toBe(0);
    pace.holdFor(5);
    pace.holdFor(2);
    expect(pace.holdMs).toBe(5_000);
    time = 4_000;
    expect(pace.holdMs).toBe(1_000);
    time = 6_000;
    expect(pace.holdMs).toBe(0);
    pace.holdFor(999_999);
    expect(pace.holdMs).toBe(60_000);
  });
});
