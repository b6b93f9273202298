import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Returns by how many bytes the heap has grown, after garbage collection, with the result of `make` still held. */
export async function measureHeapGrowth(make: () => Promise<object>): Promise<number> {
  const before = heapUsed();
  const held = [await make()];
  const after = heapUsed();
  // Read after the measurement, so that it is not collected before.
  return held.length === 1 ? after - before : NaN;
}
