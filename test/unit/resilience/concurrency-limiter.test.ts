import fc from 'fast-check';
import {
  createConcurrencyLimiter,
  type ConcurrencyLimiter,
  type Priority,
} from '../../../src/upstream/resilience/concurrency-limiter.js';
import type { Waiting } from '../../../src/upstream/resilience/fair-queue.js';
import type { UpstreamCaller } from '../../../src/upstream/resilience/credential-trials.js';
import { createCredential } from '../../support/create-credential.js';

let time = 0;
const clock = { now: () => time };
const limiterOf = (maxConcurrency: number, maxQueue: number): ConcurrencyLimiter =>
  createConcurrencyLimiter({ maxConcurrency, maxQueue, clock });

/** A caller with a credential of its own, which the upstream has accepted. */
function createCaller(maxConcurrency = 100): UpstreamCaller {
  const credential = createCredential({ maxConcurrency, clock });
  credential.hasSucceeded = true;
  return credential.callerOf(undefined);
}

function queued(limiter: ConcurrencyLimiter, caller: UpstreamCaller, priority: Priority): Waiting {
  const place = limiter.enter(caller, priority);
  if (typeof place === 'string') throw new Error(`not queued but ${place}`);
  return place;
}

function enterTimes(limiter: ConcurrencyLimiter, caller: UpstreamCaller, times: number): void {
  for (let entered = 0; entered < times; entered += 1) expect(limiter.enter(caller, 'read')).toBe('taken');
}

describe('the concurrency limiter', () => {
  it('gives places at once up to the limit, then queues, then refuses', () => {
    const limiter = limiterOf(2, 1);
    const caller = createCaller();
    expect([limiter.enter(caller, 'read'), limiter.enter(caller, 'write')]).toEqual(['taken', 'taken']);
    queued(limiter, caller, 'read');
    expect(limiter.queue.isFullFor(caller)).toBe(true);
    expect(limiter.enter(caller, 'write')).toBe('refused');
    expect(limiter).toMatchObject({ underWay: 2, waiting: 1 });
  });

  it('calls writes and reads in turn, a write first, each in their order, and never queues background reads', async () => {
    const limiter = limiterOf(1, 10);
    const caller = createCaller();
    limiter.enter(caller, 'read');
    expect(limiter.enter(caller, 'background')).toBe('refused');
    const order: string[] = [];
    const waiting = (['read', 'read', 'write', 'write'] as const).map((priority, index) =>
      queued(limiter, caller, priority).turn.then(() => order.push(`${priority} ${index}`)),
    );
    for (let left = 0; left < 4; left += 1) limiter.leave(caller);
    await Promise.all(waiting);
    expect(order).toEqual(['write 2', 'read 0', 'write 3', 'read 1']);
  });

  it('calls a caller that comes late after one request of those that came before', async () => {
    const limiter = limiterOf(1, 10);
    const [early, late] = [createCaller(), createCaller()];
    limiter.enter(early, 'read');
    const order: string[] = [];
    for (let count = 0; count < 5; count += 1) void queued(limiter, early, 'read').turn.then(() => order.push('early'));
    void queued(limiter, late, 'read').turn.then(() => order.push('late'));
    for (const caller of [early, early, late]) {
      limiter.leave(caller);
      await Promise.resolve();
    }
    expect(order).toEqual(['early', 'late', 'early']);
  });

  it('has a place in a full queue for a caller that holds none', async () => {
    const limiter = limiterOf(1, 3);
    const [greedy, other] = [createCaller(), createCaller()];
    limiter.enter(greedy, 'read');
    const last = [1, 2, 3].map(() => queued(limiter, greedy, 'read')).at(-1);
    expect([limiter.queue.isFullFor(greedy), limiter.queue.isFullFor(other)]).toEqual([true, false]);
    queued(limiter, other, 'read');
    expect(await last?.turn).toBe('refused');
    last?.giveUp();
    expect(limiter).toMatchObject({ underWay: 1, waiting: 3 });
  });

  it('lets go of a place that is given up before and after its turn', () => {
    const limiter = limiterOf(1, 10);
    const caller = createCaller();
    limiter.enter(caller, 'read');
    queued(limiter, caller, 'read').giveUp();
    expect(limiter.waiting).toBe(0);
    const called = queued(limiter, caller, 'read');
    limiter.leave(caller);
    called.giveUp();
    expect(limiter).toMatchObject({ underWay: 0, waiting: 0 });
  });
});

describe('a 429', () => {
  it('lowers the limit of its credential, and lets others go on', () => {
    const limiter = limiterOf(100, 10);
    const [limited, other] = [createCaller(), createCaller()];
    enterTimes(limiter, limited, 20);
    limiter.answered(limited.credential, true);
    expect(limited.credential.limit.value).toBe(14);
    expect(limiter.enter(limited, 'background')).toBe('refused');
    enterTimes(limiter, other, 80);
    expect(limiter.enter(other, 'background')).toBe('refused');
  });

  it('lowers the common limit if most credentials get it, and at least two', () => {
    const limiter = limiterOf(100, 10);
    const [first, second, third, fourth] = [createCaller(), createCaller(), createCaller(), createCaller()];
    const newcomer = createCaller();
    enterTimes(limiter, first, 50);
    enterTimes(limiter, second, 20);
    const isLowered = (): boolean => limiter.enter(newcomer, 'background') === 'refused';

    limiter.answered(first.credential, true);
    for (const { credential } of [second, third, fourth]) limiter.answered(credential, false);
    limiter.answered(second.credential, true);
    expect(isLowered()).toBe(false);
    limiter.leave(newcomer);
    limiter.answered(third.credential, true);
    expect(isLowered()).toBe(true);
  });

  it('lowers no common limit if it is for credentials that the upstream has not accepted', () => {
    const limiter = limiterOf(10, 10);
    const strangers = [1, 2, 3].map(() => createCredential({ clock }));
    for (const credential of strangers) limiter.answered(credential, true);
    expect(limiter.limit).toBe(10);
    enterTimes(limiter, createCaller(), 10);
  });

  it('shows in the limit for a minute', () => {
    const limiter = limiterOf(100, 10);
    const limited = createCaller();
    enterTimes(limiter, limited, 10);
    limiter.answered(limited.credential, true);
    expect(limiter.limit).toBe(7);
    time += 1_000;
    limiter.answered(limited.credential, false);
    expect(limiter.limit).toBe(8);
    time += 60_000;
    expect(limiter.limit).toBe(100);
  });

  it('is over for the requests that wait as soon as the limit goes up', async () => {
    const limiter = limiterOf(10, 10);
    const caller = createCaller(10);
    enterTimes(limiter, caller, 2);
    limiter.answered(caller.credential, true);
    const waiting = [queued(limiter, caller, 'read'), queued(limiter, caller, 'read')];
    limiter.leave(caller);
    expect(limiter).toMatchObject({ underWay: 1, waiting: 2 });
    time += 60_000;
    limiter.answered(caller.credential, false);
    limiter.leave(caller);
    expect(await Promise.all(waiting.map(({ turn }) => turn))).toEqual(['taken', 'taken']);
  });
});

describe('the concurrency limiter, whatever happens', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('enter' as const),
      caller: fc.nat(2),
      priority: fc.constantFrom<Priority>('read', 'write', 'background'),
    }),
    fc.record({
      kind: fc.constantFrom('leave' as const, 'give up' as const, 'limited' as const, 'well' as const),
      caller: fc.nat(2),
    }),
    fc.record({ kind: fc.constant('tick' as const), caller: fc.nat(2) }),
  );

  it('keeps its bounds, loses no place and leaves none unused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const limiter = limiterOf(4, 3);
        const callers = [createCaller(4), createCaller(4), createCaller(4)];
        const held = [0, 0, 0];
        let waiting: { place: Waiting; at: number }[] = [];
        for (const now of steps) {
          const at = now.caller;
          const caller = callers[at] as UpstreamCaller;
          if (now.kind === 'tick') time += 700;
          else if (now.kind === 'enter') {
            const place = limiter.enter(caller, now.priority);
            if (place === 'taken') held[at] = (held[at] ?? 0) + 1;
            else if (place !== 'refused') waiting.push({ place, at });
          } else if (now.kind === 'give up') waiting.shift()?.place.giveUp();
          else if ((held[at] ?? 0) > 0) {
            if (now.kind !== 'leave') limiter.answered(caller.credential, now.kind === 'limited');
            held[at] = (held[at] ?? 0) - 1;
            limiter.leave(caller);
          }
          const turns = await Promise.all(
            waiting.map(async (entry) => ({
              entry,
              turn: await Promise.race([entry.place.turn, Promise.resolve(undefined)]),
            })),
          );
          for (const { entry, turn } of turns) if (turn === 'taken') held[entry.at] = (held[entry.at] ?? 0) + 1;
          waiting = turns.filter(({ turn }) => turn === undefined).map(({ entry }) => entry);

          const underWay = held.reduce((sum, count) => sum + count, 0);
          expect(limiter).toMatchObject({ underWay, waiting: waiting.length });
          expect(underWay).toBeLessThanOrEqual(4);
          expect(waiting.length).toBeLessThanOrEqual(3);
          // A request waits only while others are under way.
          if (waiting.length > 0) expect(underWay).toBeGreaterThan(0);
        }
      }),
    );
  });
});
