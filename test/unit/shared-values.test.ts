import { createSharedValues, type SharedValues } from '../../src/subscriptions/shared-values.js';
import { eventually } from '../support/eventually.js';
import { measureHeapGrowth } from '../support/measure-heap-growth.js';

const MEBIBYTE = 1_048_576;
const VALUE_BYTES = 256 * 1_024;

const large = async (): Promise<string[]> =>
  Array.from({ length: VALUE_BYTES / 64 }, (_, index) => `${index}`.padEnd(16));

/** Makes values of which one taker has not come. */
async function leaveBehind(values: SharedValues<string, string[]>, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await values.take(`key ${index}`, 2, large);
}

describe('shared values', () => {
  it('makes each value once for all of its takers, and anew after the last one', async () => {
    const values = createSharedValues<string, number>({ maxBytes: MEBIBYTE, keepMs: 60_000 });
    let made = 0;
    const take = (takers: number): Promise<number> => values.take('key', takers, async () => (made += 1));
    expect([await take(3), await take(3), await take(3), await take(1), await take(1)]).toEqual([1, 1, 1, 2, 3]);
  });

  it('shares a value that is still being made, and its failure', async () => {
    const values = createSharedValues<string, number>({ maxBytes: MEBIBYTE, keepMs: 60_000 });
    const failing = [1, 2].map(() => values.take('key', 2, () => Promise.reject(new Error(`failure`))));
    expect(await Promise.allSettled(failing)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    expect(await values.take('key', 1, async () => 7)).toBe(7);
  });

  it('holds no more bytes than allowed, whatever the number of values', async () => {
    const growth = await measureHeapGrowth(async () => {
      const values = createSharedValues<string, string[]>({ maxBytes: 2 * MEBIBYTE, keepMs: 60_000 });
      await leaveBehind(values, 100);
      return values;
    });
    expect(growth).toBeLessThan(4 * MEBIBYTE);
  });

  it('does not keep a value that is larger than all it may hold', async () => {
    const values = createSharedValues<string, string[]>({ maxBytes: 1_000, keepMs: 60_000 });
    let made = 0;
    const take = (): Promise<string[]> => values.take('key', 2, () => ((made += 1), large()));
    await take();
    await eventually('its size is known', async () => (await take(), made > 1));
  });

  it('drops values whose takers do not come in time, although no other value is made', async () => {
    const values = createSharedValues<string, string[]>({ maxBytes: 64 * MEBIBYTE, keepMs: 20 });
    const left: WeakRef<string[]>[] = [];
    for (let index = 0; index < 20; index += 1) left.push(new WeakRef(await values.take(`${index}`, 2, large)));
    await eventually('they are collected', async () => {
      await measureHeapGrowth(async () => values);
      return left.every((value) => value.deref() === undefined);
    });
  });
});
