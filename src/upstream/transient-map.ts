/**
 * A map for entries that come and go with every request. V8's own Map leaves its old table behind, with all that was in
 * it, whenever it has been filled by entries that are gone, and each old table points to the next: once one of them is
 * old enough for the garbage collector to spare it, everything since stays until the next full collection.
 */
export class TransientMap<V> {
  private readonly entries = Object.create(null) as Record<string, V | undefined>;

  get(key: string): V | undefined {
    return this.entries[key];
  }

  set(key: string, value: V): void {
    this.entries[key] = value;
  }

  delete(key: string): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- what this class is for; its prototype is null
    delete this.entries[key];
  }
}
