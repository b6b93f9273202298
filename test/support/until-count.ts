import { eventually } from './eventually.js';

/** Waits until `count` returns so many. @throws Error at once if there are more, which no waiting would change */
export async function untilCount(what: string, expected: number, count: () => number): Promise<void> {
  let found = 0;
  await eventually(what, () => (found = count()) >= expected).catch((error: unknown) => {
    throw new Error(`${what}: ${found} instead of ${expected}`, { cause: error });
  });
  if (found > expected) throw new Error(`${what}: ${found} instead of ${expected}`);
}
