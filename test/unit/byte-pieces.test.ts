import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { BytePieces } from '../../src/json/byte-pieces.js';

const MEBIBYTE = 2 ** 20;

const joined = ([first, ...others]: readonly Buffer[]): Buffer => {
  const bytes = new BytePieces(first ?? Buffer.alloc(0));
  for (const piece of others) bytes.add(piece);
  return bytes.join();
};

/** Heap and buffers in use once all garbage is gone, in MiB. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEBIBYTE;
}

describe('bytes that arrive in pieces', () => {
  it('are joined in their order, whatever their lengths', () => {
    const length = fc.oneof(fc.nat(3), fc.nat(6_000), fc.constantFrom(4_095, 4_096, 65_536, 100_000));
    fc.assert(
      fc.property(fc.array(length, { maxLength: 60 }), (lengths) => {
        const pieces = lengths.map((bytes, index) => Buffer.alloc(bytes, index + 1));
        expect(joined(pieces).equals(Buffer.concat(pieces))).toBe(true);
      }),
    );
  });

  it('take little more memory than their length, however small they are', () => {
    const bytes = new BytePieces(Buffer.from('x'));
    const before = memoryInUse();
    for (let count = 1; count < MEBIBYTE; count += 1) bytes.add(Buffer.from('x'));
    const growth = memoryInUse() - before;
    expect(bytes.join()).toHaveLength(MEBIBYTE);
    expect(growth).toBeLessThan(8);
  });
});
