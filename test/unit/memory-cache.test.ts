import { createMemoryCache } from '../../src/cache/memory-cache.js';
import { sizeOf } from '../../src/cache/size-of.js';
import { describeEntityCache } from '../support/entity-cache-contract.js';

function startAt(maxBytes: number): {
  cache: ReturnType<typeof createMemoryCache>;
  pass: (milliseconds: number) => void;
} {
  let clock = 1_000_000;
  return { cache: createMemoryCache(maxBytes, () => clock), pass: (milliseconds) => (clock += milliseconds) };
}

describeEntityCache('memory', async () => {
  const { cache, pass } = startAt(1_000_000);
  return { cache, advance: async (milliseconds) => pass(milliseconds), close: async () => undefined };
});

describe('the memory of the cache', () => {
  it('is bounded: the least recently used entries go first, and their tags with them', async () => {
    const { cache } = startAt(20_000);
    const names = Array.from({ length: 100 }, (_, index) => `key${index}`);
    for (const key of names) {
      await cache.set('s', await cache.epoch('s'), [{ key, value: 'x'.repeat(400), tags: ['t'], keepMs: 60_000 }]);
      await cache.get('s', ['key0']);
    }
    const kept = (await cache.get('s', names)).flatMap((found, index) => (found ? [index] : []));
    expect(kept[0]).toBe(0);
    expect(kept.length).toBeLessThan(25);
    expect(kept.slice(1)).toEqual(Array.from({ length: kept.length - 1 }, (_, i) => 100 - (kept.length - 1) + i));
    await cache.invalidate('s', ['t']);
    expect((await cache.get('s', names)).some(Boolean)).toBe(false);
  });

  it('takes no entry that is larger than all of it', async () => {
    const { cache } = startAt(10_000);
    await cache.set('s', await cache.epoch('s'), [{ key: 'a', value: 'x'.repeat(10_000), tags: [], keepMs: 60_000 }]);
    expect(await cache.get('s', ['a'])).toEqual([undefined]);
  });

  it('counts more for what is larger', () => {
    const sizes = [1, 'a', 'aaaa', { a: 1 }, { a: 'a', b: [1, 2, 3] }, { a: { b: { c: 'x'.repeat(100) } } }].map(
      sizeOf,
    );
    expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  });
});
