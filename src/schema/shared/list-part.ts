import { isIntact, type ContractViolation } from '../../errors/contract-violation.js';
import type { Page } from '../../loaders/page.js';
import type { DayOffset } from '../../loaders/upstream-traits.js';
import { toCursor, type Mark, type Place } from './cursor.js';
import { instantOf, type ListItem, type ListOrder } from './list-order.js';
import { idOf } from './locate.js';

type Item<T> = T | Error;

/** What cursors of a list are made with. */
export interface ListKind {
  readonly order: ListOrder;
  /** `toListName` of the list. */
  name(): string;
}

export interface ListPartOptions<T> {
  items: readonly Item<T>[];
  /** Whether items follow. */
  hasMore: boolean | ContractViolation;
  total: Page<T>['total'];
  /** What the upstream's page held ahead of `items`. */
  delivered: readonly Item<T>[];
  /** Index of the first of those, or else of the first item, in the list that was read. */
  offset: number;
  list: ListKind;
  dayOffset: DayOffset;
  /** What the client asked to go on after. */
  place: Place | undefined;
}

/** Enough to go on after an item although it and the one or two before it are gone. */
const MAX_MARKS = 3;
/** Of a list by creation, for items created at the same instant. */
const MAX_TIES = 16;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Part of a list, with the place of each item in it. */
export class ListPart<T extends ListItem> {
  readonly items: readonly Item<T>[];
  /** Of the whole list. */
  totalCount: Page<T>['total'];
  private readonly instants: (number | undefined)[] = [];

  constructor(private readonly options: ListPartOptions<T>) {
    this.items = options.items;
    this.totalCount = options.total;
  }

  get hasNextPage(): boolean | ContractViolation {
    return this.options.hasMore;
  }

  get hasPreviousPage(): boolean | ContractViolation {
    const { offset, place } = this.options;
    if (this.totalCount instanceof Error) return this.totalCount;
    return place !== undefined || (offset > 0 && this.totalCount > 0);
  }

  get isContinuous(): boolean {
    return this.options.place?.marks.length !== 0;
  }

  cursorAt(index: number): string {
    return toCursor(this.placeAt(index));
  }

  private placeAt(index: number): Place {
    const { list, delivered, offset, place } = this.options;
    const { order } = list;
    const isByCreation = order.creation !== undefined;
    const most = isByCreation ? MAX_TIES : MAX_MARKS;
    const marks: Mark[] = [];
    let unreadable = 0;
    let instant: number | undefined;
    let hasAllTies = true;
    let current = index;
    for (; current >= 0; current -= 1) {
      const item = this.items[current];
      const id = item && idOf(item);
      const created = isByCreation ? this.instantAt(current) : undefined;
      if (id === undefined || (isByCreation && created === undefined)) {
        if (marks.length === 0) unreadable += 1;
        continue;
      }
      if (marks.length === 0) instant = created;
      if (created !== instant) break;
      if (marks.length === most) {
        hasAllTies = false;
        break;
      }
      marks.push({ id, key: isByCreation ? '' : order.keyOf(item as T) });
    }
    if (current < 0) {
      if (place && (marks.length === 0 || place.instant === instant)) {
        if (marks.length === 0) unreadable += place.unreadable;
        instant = place.instant;
        const all = [...marks, ...place.marks];
        hasAllTies = place.hasAllTies && all.length <= most;
        marks.splice(0, marks.length, ...all.slice(0, most));
      } else if (!place) {
        hasAllTies = offset === 0;
      }
    }
    // Without a mark the place is that of the item itself, of which nothing is known but its position.
    if (marks.length === 0) unreadable = 0;
    const base = { list: list.name(), instant, marks, hasAllTies, unreadable };
    const position = offset + delivered.length + index - unreadable;
    return { ...base, ...this.dayOf(index, instant, Math.max(0, position)) };
  }

  /** The latest day that the list can be read from with the position still known, and the position in that list. */
  private dayOf(index: number, instant: number | undefined, position: number): Pick<Place, 'day' | 'position'> {
    const { list, dayOffset, offset, place, delivered } = this.options;
    const { order } = list;
    const known = { day: place?.day, position };
    if (order.creation === undefined || instant === undefined) return known;
    const offsetHours = order.creation === 1 ? dayOffset.min : dayOffset.max;
    const text = new Date(instant + offsetHours * HOUR_MS).toISOString();
    const day = text.slice(0, 10);
    if (text.length > 24 || text.startsWith('-') || day === place?.day) return known;
    const start = Date.parse(day) + (order.creation === 1 ? 0 : DAY_MS);
    const isOutside = (created: number | undefined): boolean =>
      created !== undefined && created < start === (order.creation === 1);
    for (let current = index; current >= -delivered.length; current -= 1) {
      if (!isOutside(this.instantAt(current))) continue;
      const ahead = offset + delivered.length + current + 1;
      return { day, position: Math.max(0, position - ahead) };
    }
    return offset === 0 ? { day, position } : known;
  }

  /** When an item was created; negative indexes are of what was delivered before. */
  private instantAt(index: number): number | undefined {
    const { delivered } = this.options;
    const at = index + delivered.length;
    if (!(at in this.instants)) {
      const item = index < 0 ? delivered[at] : this.items[index];
      this.instants[at] = item && isIntact(item) ? instantOf(item) : undefined;
    }
    return this.instants[at];
  }
}
