import type { Caller } from '../../auth/caller.js';

/** The longest time that a timer takes. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Acts once a caller's credential has expired, if it does. Returns how to call that off. */
export function atExpiry({ expiresAtMs }: Caller, act: () => void): () => void {
  if (expiresAtMs === undefined) return () => undefined;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const leftMs = expiresAtMs - Date.now();
    if (leftMs <= 0) act();
    else timer = setTimeout(wait, Math.min(leftMs, MAX_DELAY_MS));
  };
  timer = setTimeout(wait, 0);
  return () => clearTimeout(timer);
}
