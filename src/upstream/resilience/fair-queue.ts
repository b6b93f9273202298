/** How a wait ends: with a place, without one, or because what it waited for has changed. */
export type Turn = 'taken' | 'refused' | 'changed';

/** One request that waits. */
export class QueueEntry<K> {
  readonly turn: Promise<Turn>;
  /** Undefined while it waits. */
  outcome: Turn | undefined;
  private resolve: (turn: Turn) => void = () => undefined;

  constructor(
    readonly key: K,
    readonly isWrite: boolean,
  ) {
    this.turn = new Promise((resolve) => (this.resolve = resolve));
  }

  end(turn: Turn): void {
    this.outcome = turn;
    this.resolve(turn);
  }
}

/** What waits for one key: a write first, then reads and writes in turn, so that many writes hold no read up. */
class Line<K> {
  private readonly writes: QueueEntry<K>[] = [];
  private readonly reads: QueueEntry<K>[] = [];
  private isTurnOfRead = false;

  get length(): number {
    return this.writes.length + this.reads.length;
  }

  push(entry: QueueEntry<K>): void {
    this.listOf(entry).push(entry);
  }

  shift(): QueueEntry<K> | undefined {
    const [first, second] = this.isTurnOfRead ? [this.reads, this.writes] : [this.writes, this.reads];
    const entry = first.shift() ?? second.shift();
    this.isTurnOfRead = entry?.isWrite === true;
    return entry;
  }

  /** Removes the newest read, else the newest write. */
  pop(): QueueEntry<K> | undefined {
    return this.reads.pop() ?? this.writes.pop();
  }

  remove(entry: QueueEntry<K>): boolean {
    const list = this.listOf(entry);
    const place = list.indexOf(entry);
    if (place >= 0) list.splice(place, 1);
    return place >= 0;
  }

  private listOf({ isWrite }: QueueEntry<K>): QueueEntry<K>[] {
    return isWrite ? this.writes : this.reads;
  }
}

/**
 * A bounded queue that keys share: they take turns, and what waits for one key keeps its order, with a write before a read. When
 * the queue is full, a key that holds little of it takes a place from the one that holds most.
 */
export class FairQueue<K> {
  /** In the order of their turns; none is empty. */
  private readonly lines = new Map<K, Line<K>>();
  /** Of all lines, changed by the queue alone. */
  length = 0;

  constructor(private readonly capacity: number) {}

  lengthOf(key: K): number {
    return this.lines.get(key)?.length ?? 0;
  }

  /** Whether `push` would refuse the key. */
  isFullFor(key: K): boolean {
    return this.length >= this.capacity && this.longestBeside(key) === undefined;
  }

  /** Adds an entry for the key; undefined if the queue is full. An entry that it takes the place of is refused. */
  push(key: K, isWrite: boolean): QueueEntry<K> | undefined {
    if (this.length >= this.capacity && !this.makeRoomFor(key)) return undefined;
    let line = this.lines.get(key);
    if (!line) this.lines.set(key, (line = new Line()));
    const entry = new QueueEntry(key, isWrite);
    line.push(entry);
    this.length += 1;
    return entry;
  }

  /** Removes the next entry of the first key in turn that may go; that key is the last then. */
  take(mayGo: (key: K) => boolean): QueueEntry<K> | undefined {
    for (const [key, line] of this.lines) {
      if (!mayGo(key)) continue;
      const entry = line.shift();
      this.length -= 1;
      this.lines.delete(key);
      if (line.length > 0) this.lines.set(key, line);
      return entry;
    }
    return undefined;
  }

  /** Removes an entry; false if it does not wait any more. */
  remove(entry: QueueEntry<K>): boolean {
    const line = this.lines.get(entry.key);
    if (!line?.remove(entry)) return false;
    this.shrink(entry.key, line);
    return true;
  }

  /** Removes all entries of a key, in their order. */
  drain(key: K): readonly QueueEntry<K>[] {
    const line = this.lines.get(key);
    if (!line) return [];
    this.lines.delete(key);
    this.length -= line.length;
    return Array.from({ length: line.length }, () => line.shift()).filter((entry) => entry !== undefined);
  }

  private makeRoomFor(key: K): boolean {
    const longest = this.longestBeside(key);
    const displaced = longest?.line.pop();
    if (!longest || !displaced) return false;
    this.shrink(longest.key, longest.line);
    displaced.end('refused');
    return true;
  }

  /** The key with the most entries; undefined if one more entry of `key` would make its own line as long. */
  private longestBeside(key: K): { key: K; line: Line<K> } | undefined {
    let longest: { key: K; line: Line<K> } | undefined;
    for (const [other, line] of this.lines) {
      if (!longest || line.length > longest.line.length) longest = { key: other, line };
    }
    return longest && longest.line.length > this.lengthOf(key) + 1 ? longest : undefined;
  }

  private shrink(key: K, line: Line<K>): void {
    this.length -= 1;
    if (line.length === 0) this.lines.delete(key);
  }
}

/** A place at once, none, or one in a queue. */
export type Place = 'taken' | 'refused' | Waiting;

/** A place in a queue. */
export interface Waiting {
  readonly turn: Promise<Turn>;
  /** Leaves the queue, or gives the place back if the turn has come already. */
  giveUp(): void;
}

/** The place of an entry, if there is one; `leave` gives back what its turn brings. */
export function toPlace<K>(queue: FairQueue<K>, entry: QueueEntry<K> | undefined, leave: (key: K) => void): Place {
  if (!entry) return 'refused';
  return {
    turn: entry.turn,
    giveUp() {
      if (!queue.remove(entry) && entry.outcome === 'taken') leave(entry.key);
    },
  };
}
