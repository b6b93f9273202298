/** A condition that holds soon on a quiet machine may take long on a busy one. */
const PATIENCE_MS = 60_000;
const INTERVAL_MS = 20;

/** Waits until the condition holds, for much longer than it should take. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
