import fc from 'fast-check';
import { FairQueue, type QueueEntry } from '../../../src/upstream/resilience/fair-queue.js';

const always = (): boolean => true;

/** The keys of what is taken until nothing is left, or nothing may go. */
function takeAll(queue: FairQueue<string>, mayGo: (key: string) => boolean = always): string[] {
  const taken: string[] = [];
  for (let entry = queue.take(mayGo); entry; entry = queue.take(mayGo)) {
    taken.push(`${entry.key}${entry.isWrite ? '!' : ''}`);
  }
  return taken;
}

const fill = (queue: FairQueue<string>, keys: string): void => {
  for (const key of keys) queue.push(key, false);
};

describe('a fair queue', () => {
  it('lets keys take turns, however much each of them waits for', () => {
    const queue = new FairQueue<string>(100);
    fill(queue, 'aaaaabbc');
    expect(takeAll(queue).join('')).toBe('abcabaaa');
    expect(queue.length).toBe(0);
  });

  it('lets a write of a key go before its reads and then in turn with them, not before the reads of others', () => {
    const queue = new FairQueue<string>(100);
    fill(queue, 'aab');
    for (const key of 'aa') queue.push(key, true);
    expect(takeAll(queue)).toEqual(['a!', 'b', 'a', 'a!', 'a']);
  });

  it('passes over keys that may not go, which keep their turn', () => {
    const queue = new FairQueue<string>(100);
    fill(queue, 'aabbcc');
    expect(takeAll(queue, (key) => key !== 'a').join('')).toBe('bcbc');
    expect(queue.lengthOf('a')).toBe(2);
    fill(queue, 'b');
    expect(takeAll(queue).join('')).toBe('aba');
  });

  it('gives a key that holds less a place of the one that holds most, whose newest read is refused', () => {
    const queue = new FairQueue<string>(4);
    const [first, second, third] = [1, 2, 3].map(() => queue.push('a', false));
    queue.push('a', true);
    expect(queue.isFullFor('a')).toBe(true);
    expect(queue.isFullFor('b')).toBe(false);
    expect(queue.push('a', false)).toBeUndefined();
    expect(queue.push('b', false)).toBeDefined();
    expect([first, second, third].map((entry) => entry?.outcome)).toEqual([undefined, undefined, 'refused']);
    // Now b has one, and a three.
    expect(queue.push('b', false)).toBeDefined();
    expect(second?.outcome).toBe('refused');
    expect(queue.isFullFor('b')).toBe(true);
    expect(queue.push('b', false)).toBeUndefined();
    expect([queue.lengthOf('a'), queue.lengthOf('b'), queue.length]).toEqual([2, 2, 4]);
  });

  it('refuses everything if it has no places', () => {
    const queue = new FairQueue<string>(0);
    expect(queue.isFullFor('a')).toBe(true);
    expect(queue.push('a', true)).toBeUndefined();
  });

  it('lets go of one entry, and of all entries of a key in their order', () => {
    const queue = new FairQueue<string>(10);
    const entries = [true, false, true].map((isWrite) => queue.push('a', isWrite) as QueueEntry<string>);
    fill(queue, 'b');
    const [write, read, lastWrite] = entries as [QueueEntry<string>, QueueEntry<string>, QueueEntry<string>];
    expect([queue.remove(write), queue.remove(write)]).toEqual([true, false]);
    expect(queue.drain('a')).toEqual([lastWrite, read]);
    expect([queue.remove(read), queue.length, queue.drain('a')]).toEqual([false, 1, []]);
    expect(takeAll(queue)).toEqual(['b']);
  });

  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('push' as const), key: fc.nat(4), isWrite: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), barred: fc.nat(6) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), place: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('drain' as const), key: fc.nat(4) }) },
  );

  it('respects its capacity, starves no key and keeps the order within each, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.nat(12), (steps, capacity) => {
        const queue = new FairQueue<number>(capacity);
        let model: QueueEntry<number>[] = [];
        /** Turns of others that a key which may always go has waited through. */
        const passedOver = new Map<number, number>();
        /** Keys that wait and whose last turn was a write. */
        const afterWrite = new Set<number>();
        for (const now of steps) {
          if (now.kind === 'push') {
            const wasFull = queue.isFullFor(now.key);
            const entry = queue.push(now.key, now.isWrite);
            expect(entry === undefined).toBe(wasFull);
            if (entry) model.push(entry);
            model = model.filter(({ outcome }) => outcome === undefined);
          } else if (now.kind === 'take') {
            const mayGo = (key: number): boolean => key !== now.barred;
            const candidates = model.filter(({ key }) => mayGo(key));
            const entry = queue.take(mayGo);
            expect(entry === undefined).toBe(candidates.length === 0);
            if (!entry) continue;
            const own = model.filter(({ key }) => key === entry.key);
            const isTurnOfRead = afterWrite.has(entry.key);
            expect(entry).toBe(own.find(({ isWrite }) => isWrite !== isTurnOfRead) ?? own[0]);
            if (entry.isWrite) afterWrite.add(entry.key);
            else afterWrite.delete(entry.key);
            model = model.filter((other) => other !== entry);
            for (const { key } of candidates) {
              if (key !== entry.key) passedOver.set(key, (passedOver.get(key) ?? 0) + 1 / countOf(candidates, key));
            }
            passedOver.set(entry.key, 0);
          } else if (now.kind === 'remove') {
            const entry = model[now.place];
            if (entry) expect(queue.remove(entry)).toBe(true);
            model = model.filter((other) => other !== entry);
          } else {
            expect(queue.drain(now.key).length).toBe(countOf(model, now.key));
            model = model.filter(({ key }) => key !== now.key);
          }
          for (const key of passedOver.keys()) if (countOf(model, key) === 0) passedOver.set(key, 0);
          for (const key of afterWrite) if (countOf(model, key) === 0) afterWrite.delete(key);
          expect(queue.length).toBe(model.length);
          expect(queue.length).toBeLessThanOrEqual(capacity);
          // Each of the four others goes once before a key goes again.
          for (const turns of passedOver.values()) expect(turns).toBeLessThan(4 + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never gives a key less than its share of a full queue', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 300 }), (keys) => {
        const queue = new FairQueue<number>(12);
        const asked = new Map<number, number>();
        for (const key of keys) {
          queue.push(key, false);
          asked.set(key, (asked.get(key) ?? 0) + 1);
        }
        for (const [key, count] of asked) expect(queue.lengthOf(key)).toBeGreaterThanOrEqual(Math.min(count, 2));
      }),
    );
  });
});

const countOf = (entries: readonly QueueEntry<number>[], wanted: number): number =>
  entries.filter(({ key }) => key === wanted).length;
