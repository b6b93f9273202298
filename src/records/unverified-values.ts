/** Values that are passed on although their form is not the documented one, by schema and property: `Customer.customerUuid`. */
export interface UnverifiedValues {
  /** Counts one that was read. */
  note(field: string): void;
  /** How often each field was read with such a value: as many fields as the document has properties of such kinds. */
  counts(): readonly { field: string; count: number }[];
}

/** `onNew` is called with each field once. */
export function createUnverifiedValues(onNew: (field: string) => void): UnverifiedValues {
  const counts = new Map<string, number>();
  return {
    note(field) {
      const count = counts.get(field) ?? 0;
      counts.set(field, count + 1);
      if (count === 0) onNew(field);
    },
    counts: () => [...counts].map(([field, count]) => ({ field, count })),
  };
}
