/** Entries set before what is there moves into a new table; each move costs as much as there are entries. */
const MIN_LIFE = 1_024;

/**
 * A map for entries that come and go with every request. V8's own Map leaves its old table behind, with all that was in
 * it, whenever it has been filled by entries that are gone, and each old table points to the next: once one of them is
 * old enough for the garbage collector to spare it, everything since stays until the next full collection. So it is
 * replaced by a new one now and then. An object in its place is no better: from a few hundred entries on its table is
 * replaced as often, and each of its keys becomes a string of the old generation.
 */
export class TransientMap<V> {
  private entries = new Map<string, V>();
  private setsLeft = MIN_LIFE;

  get(key: string): V | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: V): void {
    if (this.setsLeft === 0) this.renew();
    this.setsLeft -= 1;
    this.entries.set(key, value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  private renew(): void {
    this.entries = new Map(this.entries);
    this.setsLeft = Math.max(MIN_LIFE, this.entries.size);
  }
}
