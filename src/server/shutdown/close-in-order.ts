/** Something that has to be freed at the end. */
export interface Closable {
  name: string;
  close(): Promise<void> | void;
}

/**
 * Closes one after the other. One that fails or takes longer than `boundMs` is reported, and does not keep the next
 * ones from being closed.
 */
export async function closeInOrder(
  closables: readonly Closable[],
  boundMs: number,
  report: (name: string, problem: unknown) => void,
): Promise<void> {
  for (const { name, close } of closables) {
    let bound: NodeJS.Timeout | undefined;
    try {
      await Promise.race([
        close(),
        new Promise((_, reject) => {
          bound = setTimeout(() => reject(new Error('It took too long to close.')), boundMs);
        }),
      ]);
    } catch (problem) {
      report(name, problem);
    } finally {
      clearTimeout(bound);
    }
  }
}
