import { RecentSet } from '../../src/cache/recent-set.js';

describe('RecentSet', () => {
  it('has the latest texts, up to its number', () => {
    const set = new RecentSet(2);
    for (const text of ['a', 'b', 'a', 'c']) set.add(text);
    expect(['a', 'b', 'c'].map((text) => set.has(text))).toEqual([true, false, true]);
  });
});
