import type { EntityCache } from '../../src/cache/entity-cache.js';

export interface CacheUnderTest {
  cache: EntityCache;
  /** Lets time pass for the cache. */
  advance(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const entry = (key: string, value: unknown, tags: readonly string[] = [], keepMs = 60_000) => ({
  key,
  value,
  tags,
  keepMs,
});

/** What every EntityCache has to hold to, wherever it keeps its entries. */
export function describeEntityCache(name: string, start: () => Promise<CacheUnderTest>): void {
  describe(`${name} as an EntityCache`, () => {
    let subject: CacheUnderTest;
    beforeEach(async () => {
      subject = await start();
    });
    afterEach(() => subject.close());

    const values = async (scope: string, ...keys: string[]): Promise<unknown[]> =>
      (await subject.cache.get(scope, keys)).map((found) => found?.value);

    it('gives back what was kept, by key and in order, and nothing else', async () => {
      const { cache } = subject;
      await cache.set('s', await cache.epoch('s'), [entry('a', { n: 1 }), entry('b', null)]);
      expect(await values('s', 'b', 'x', 'a')).toEqual([null, undefined, { n: 1 }]);
    });

    it('keeps large integers exactly', async () => {
      const { cache } = subject;
      await cache.set('s', await cache.epoch('s'), [entry('a', { quotaMax: 9007199254740993n, quotaUsed: 5 })]);
      expect(await values('s', 'a')).toEqual([{ quotaMax: 9007199254740993n, quotaUsed: 5 }]);
    });

    it('keeps scopes apart', async () => {
      const { cache } = subject;
      await cache.set('one', await cache.epoch('one'), [entry('a', 1, ['t'])]);
      await cache.set('two', await cache.epoch('two'), [entry('a', 2, ['t'])]);
      await cache.invalidate('one', ['t']);
      expect([await values('one', 'a'), await values('two', 'a')]).toEqual([[undefined], [2]]);
    });

    it('drops every entry with one of the tags', async () => {
      const { cache } = subject;
      const epoch = await cache.epoch('s');
      await cache.set('s', epoch, [entry('a', 1, ['t', 'u']), entry('b', 2, ['u']), entry('c', 3, ['v'])]);
      await cache.invalidate('s', ['t']);
      expect(await values('s', 'a', 'b', 'c')).toEqual([undefined, 2, 3]);
      await cache.invalidate('s', ['u', 'v']);
      expect(await values('s', 'b', 'c')).toEqual([undefined, undefined]);
    });

    it('refuses what an invalidation has overtaken', async () => {
      const { cache } = subject;
      const before = await cache.epoch('s');
      await cache.invalidate('s', ['t']);
      await cache.set('s', before, [entry('a', 'old', ['t'])]);
      expect(await values('s', 'a')).toEqual([undefined]);
      await cache.set('s', await cache.epoch('s'), [entry('a', 'new', ['t'])]);
      expect(await values('s', 'a')).toEqual(['new']);
    });

    it('forgets an entry after its time', async () => {
      const { cache } = subject;
      await cache.set('s', await cache.epoch('s'), [entry('a', 1, [], 500), entry('b', 2, [], 60_000)]);
      await subject.advance(600);
      expect(await values('s', 'a', 'b')).toEqual([undefined, 2]);
    });
  });
}
