/** Members in groups. */
export class FairPool<M> {
  private readonly groups = new Map<string, Set<M>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(key: string, member: M): void {
    const group = this.groups.get(key) ?? new Set();
    this.groups.set(key, group.add(member));
    this.count += 1;
  }

  /** Does nothing if it is not there. */
  remove(key: string, member: M): void {
    const group = this.groups.get(key);
    if (!group?.delete(member)) return;
    this.count -= 1;
    if (group.size === 0) this.groups.delete(key);
  }

  sizeOf(key: string): number {
    return this.groups.get(key)?.size ?? 0;
  }

  /** Members of the largest group, in the order in which they were added: of equal ones, of the one that came first. */
  largest(): readonly M[] {
    let largest: ReadonlySet<M> | undefined;
    for (const group of this.groups.values()) if (group.size > (largest?.size ?? 0)) largest = group;
    return [...(largest ?? [])];
  }

  *[Symbol.iterator](): Iterator<M> {
    for (const group of this.groups.values()) yield* group;
  }
}
