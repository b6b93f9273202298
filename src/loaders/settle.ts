/** Awaits every promise; a rejection takes its place in the result as the Error that DataLoader expects there. */
export async function settle<T>(promises: Iterable<Promise<T>>): Promise<(T | Error)[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    return result.reason instanceof Error ? result.reason : new Error(String(result.reason));
  });
}
