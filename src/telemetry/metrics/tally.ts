import { Counter, type Registry } from 'prom-client';

/** Counts one more under these labels. */
export type Count = (first?: string, second?: string) => void;

/**
 * A counter with up to two labels that is cheap to count with: prom-client checks, sorts and joins labels each time, here
 * that is done when it is read.
 */
export function createTally(
  registers: Registry[],
  name: string,
  help: string,
  labelNames: readonly string[] = [],
): Count {
  const counts = new Map<string, Map<string, number>>();
  const [firstName = '', secondName = ''] = labelNames;
  new Counter({
    name,
    help,
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const [first, bySecond] of counts) {
        for (const [second, count] of bySecond) {
          this.inc({ ...(firstName && { [firstName]: first }), ...(secondName && { [secondName]: second }) }, count);
        }
      }
    },
  });
  return (first = '', second = '') => {
    let bySecond = counts.get(first);
    if (!bySecond) counts.set(first, (bySecond = new Map<string, number>()));
    bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
  };
}
