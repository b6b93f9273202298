/** Strangers can make failures at will; no one reads more lines than this, and a disk holds them. */
const MAX_LINES_PER_SECOND = 50;
const SECOND_MS = 1_000;

/**
 * Writes 50 lines a second at most. Calls `onLeftOut` with the number of lines that were left out, before the next line of a
 * later second. `now` is monotonic, in milliseconds.
 */
export function createLineBound(now: () => number, onLeftOut: (count: number) => void): (write: () => void) => void {
  let secondStartedAt = -Infinity;
  let written = 0;
  let leftOut = 0;
  return (write) => {
    const time = now();
    if (time - secondStartedAt >= SECOND_MS) {
      if (leftOut > 0) onLeftOut(leftOut);
      secondStartedAt = time;
      written = 0;
      leftOut = 0;
    }
    written += 1;
    if (written <= MAX_LINES_PER_SECOND) write();
    else leftOut += 1;
  };
}
