/** By schema and property: `Customer.customerUuid`. There are as many as the document has properties of such kinds. */
const counts = new Map<string, number>();
const listeners = new Set<(place: string) => void>();

/**
 * Values that are passed on although their form is not the documented one. Of the process: a value is checked when it is
 * read, wherever that is.
 */
export const unverifiedValues = {
  note(place: string): void {
    counts.set(place, (counts.get(place) ?? 0) + 1);
    for (const listener of listeners) listener(place);
  },
  /** How often each place was read with such a value. */
  counts: (): readonly { field: string; count: number }[] => [...counts].map(([field, count]) => ({ field, count })),
  /** Calls the listener for each value from now on, until the returned function is called. */
  listen(listener: (place: string) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
