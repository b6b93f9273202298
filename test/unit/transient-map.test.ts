import fc from 'fast-check';
import { TransientMap } from '../../src/upstream/calls/coalescer.js';
import { runs } from '../support/runs.js';

describe('a map for what comes and goes', () => {
  it('holds what a Map holds, through as many entries as there may be', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 40 }), isSet: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2_000, maxLength: 4_000 }), (steps) => {
        const map = new TransientMap<number>();
        const model = new Map<string, number>();
        steps.forEach(({ key, isSet }, index) => {
          const name = String(key);
          if (isSet) {
            map.set(name, index);
            model.set(name, index);
          } else {
            map.delete(name);
            model.delete(name);
          }
          expect(map.get(name)).toBe(model.get(name));
        });
        for (let key = 0; key <= 40; key += 1) expect(map.get(String(key))).toBe(model.get(String(key)));
      }),
      { numRuns: runs(8) },
    );
  });
});
