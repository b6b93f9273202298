/** A value, or the Error that stands in its place, as DataLoader wants one for each key. */
export async function resultOf<T>(promise: Promise<T>): Promise<T | Error> {
  try {
    return await promise;
  } catch (reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
  }
}
