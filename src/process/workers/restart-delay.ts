const FIRST_MS = 100;
const LONGEST_MS = 30_000;

/** How long to wait before a worker is replaced that has ended soon after its start `earlyEnds` times in a row. */
export function restartDelayMs(earlyEnds: number): number {
  return earlyEnds === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (earlyEnds - 1));
}
