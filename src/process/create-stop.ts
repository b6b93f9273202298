import type { Gateway } from '../gateway.js';

/** For what is under way after a crash: no one knows what state the process is in. */
export const CRASH_GRACE_MS = 1_000;

/** Closes a gateway and ends the process: with 1 if connections had to be cut. Only the first call counts. */
export function createStop(gateway: Pick<Gateway, 'close'>): (graceMs: number) => void {
  let isStopping = false;
  return (graceMs) => {
    if (isStopping) return;
    isStopping = true;
    void gateway.close(graceMs).then(({ cutConnections }) => {
      process.exit(process.exitCode ?? (cutConnections > 0 ? 1 : 0));
    });
  };
}
