import { createMissedInvalidations } from '../../src/cache/missed-invalidations.js';

describe('invalidations that were missed', () => {
  it('are taken once, each tag once', () => {
    const missed = createMissedInvalidations();
    missed.add('one', ['a', 'b']);
    missed.add('two', ['a']);
    missed.add('one', ['b', 'c']);
    expect(missed.take()).toEqual([
      { scope: 'one', tags: ['a', 'b', 'c'] },
      { scope: 'two', tags: ['a'] },
    ]);
    expect(missed.take()).toEqual([]);
  });

  it('are bounded: the oldest are forgotten', () => {
    const missed = createMissedInvalidations();
    for (let n = 0; n < 100_001; n += 1) missed.add(`scope${n}`, ['a']);
    const taken = missed.take();
    expect(taken).toHaveLength(100_000);
    expect(taken[0]?.scope).toBe('scope1');
  });
});
