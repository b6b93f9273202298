/** A condition that holds soon on a quiet machine may take long on a busy one. */
const PATIENCE_MS = 60_000;
const INTERVAL_MS = 20;
/** Those that tests set in their place are for what they test. */
const [setTimer, now] = [setTimeout, performance.now.bind(performance)];

/** Waits until the condition holds, for much longer than it should take. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = now() + PATIENCE_MS;
  while (!(await holds())) {
    if (now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimer(resolve, INTERVAL_MS));
  }
}
