/** The middle of several measurements, and how far they lie apart. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** @throws if there is no value */
export function toSpread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (least === undefined || most === undefined || low === undefined || high === undefined) {
    throw new Error('there is no spread of no values');
  }
  return { median: (low + high) / 2, least, most };
}
