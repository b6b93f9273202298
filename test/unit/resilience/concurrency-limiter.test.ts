import fc from 'fast-check';
import {
  createConcurrencyLimiter,
  type ConcurrencyLimiter,
  type Priority,
  type Waiting,
} from '../../../src/upstream/resilience/concurrency-limiter.js';

let time = 0;
const limiterOf = (maxConcurrency: number, maxQueue: number): ConcurrencyLimiter =>
  createConcurrencyLimiter({ maxConcurrency, maxQueue, now: () => time });

function queued(limiter: ConcurrencyLimiter, priority: Priority): Waiting {
  const place = limiter.enter(priority);
  if (typeof place === 'string') throw new Error(`not queued but ${place}`);
  return place;
}

describe('the concurrency limiter', () => {
  it('gives places at once up to the limit, then queues, then refuses', () => {
    const limiter = limiterOf(2, 1);
    expect([limiter.enter('read'), limiter.enter('write')]).toEqual(['taken', 'taken']);
    queued(limiter, 'read');
    expect(limiter.isFull).toBe(true);
    expect(limiter.enter('write')).toBe('refused');
    expect(limiter).toMatchObject({ underWay: 2, waiting: 1 });
  });

  it('calls writes before reads, each in their order, and never queues background reads', async () => {
    const limiter = limiterOf(1, 10);
    limiter.enter('read');
    expect(limiter.enter('background')).toBe('refused');
    const order: string[] = [];
    const waiting = (['read', 'read', 'write', 'write'] as const).map((priority, index) =>
      queued(limiter, priority).turn.then(() => order.push(`${priority} ${index}`)),
    );
    for (let left = 0; left < 4; left += 1) limiter.leave();
    await Promise.all(waiting);
    expect(order).toEqual(['write 2', 'write 3', 'read 0', 'read 1']);
  });

  it('lets go of a place that is given up before and after its turn', () => {
    const limiter = limiterOf(1, 10);
    limiter.enter('read');
    queued(limiter, 'read').giveUp();
    expect(limiter.waiting).toBe(0);
    const called = queued(limiter, 'read');
    limiter.leave();
    called.giveUp();
    expect(limiter).toMatchObject({ underWay: 0, waiting: 0 });
  });

  it('goes below what was under way once a second where the upstream says so, and back up by tenths', () => {
    const limiter = limiterOf(100, 10);
    for (let entered = 0; entered < 20; entered += 1) limiter.enter('read');
    limiter.slowDown();
    limiter.slowDown();
    expect(limiter.limit).toBe(14);
    expect(limiter.enter('background')).toBe('refused');
    time += 1_000;
    limiter.slowDown();
    expect(limiter.limit).toBe(9);
    for (let left = 0; left < 20; left += 1) limiter.leave();
    time += 60_000;
    expect(limiter.enter('read')).toBe('taken');
    expect(limiter.limit).toBe(100);
  });

  it('never goes below one', () => {
    const limiter = limiterOf(5, 10);
    limiter.enter('read');
    for (let asked = 0; asked < 5; asked += 1) {
      time += 1_000;
      limiter.slowDown();
    }
    expect(limiter.limit).toBe(1);
  });

  it('keeps its bounds and loses no place, whatever happens', async () => {
    const step = fc.oneof(
      fc.constantFrom<Priority>('read', 'write', 'background'),
      fc.constantFrom('leave', 'give up', 'slow down', 'tick'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const limiter = limiterOf(4, 3);
        let held = 0;
        const waiting: (Waiting & { called: boolean })[] = [];
        for (const now of steps) {
          if (now === 'tick') time += 700;
          else if (now === 'slow down') limiter.slowDown();
          else if (now === 'leave') {
            if (held > 0) {
              held -= 1;
              limiter.leave();
            }
          } else if (now === 'give up') waiting.shift()?.giveUp();
          else {
            const place = limiter.enter(now);
            if (place === 'taken') held += 1;
            else if (place !== 'refused') {
              const entry = { ...place, called: false };
              void place.turn.then(() => (entry.called = true));
              waiting.push(entry);
            }
          }
          await Promise.resolve();
          for (const entry of waiting.filter(({ called }) => called)) {
            waiting.splice(waiting.indexOf(entry), 1);
            held += 1;
          }
          expect(limiter.underWay).toBe(held);
          expect(limiter.waiting).toBe(waiting.length);
          expect(limiter.underWay).toBeLessThanOrEqual(4);
          expect(limiter.waiting).toBeLessThanOrEqual(3);
          if (limiter.waiting > 0) expect(limiter.underWay).toBeGreaterThan(0);
        }
      }),
    );
  });
});
