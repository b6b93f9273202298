import { UNLIMITED } from './long.js';

export type FillLevel = 'normal' | 'high' | 'full';

export interface Fill {
  /** From 0 to 100 and, where more is used than allowed, beyond. */
  percent: number;
  level: FillLevel;
}

const HIGH_PERCENT = 80;
const FULL_PERCENT = 95;

/** How much of a limit is used; undefined if there is no limit. Divides before it leaves the exact integers. */
export function toFill(used: bigint, max: bigint): Fill | undefined {
  if (max === UNLIMITED) return undefined;
  const percent = max > 0n ? Number((used * 1000n) / max) / 10 : used > 0n ? 100 : 0;
  return { percent, level: percent >= FULL_PERCENT ? 'full' : percent >= HIGH_PERCENT ? 'high' : 'normal' };
}
