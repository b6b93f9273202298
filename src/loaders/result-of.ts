export const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** What `read` brings, or the Error that stands in its place, as DataLoader wants one for each key. */
export async function resultOf<T>(read: () => Promise<T>): Promise<T | Error> {
  try {
    return await read();
  } catch (reason) {
    return toError(reason);
  }
}
