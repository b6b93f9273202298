import { GatewayError } from '../../errors/gateway-error.js';
import type { Page } from '../../loaders/page.js';
import type { DayOffset } from '../../loaders/upstream-traits.js';
import { MAX_PAGE_SIZE } from '../../upstream/target.js';
import { Connection } from './connection.js';
import { fromCursor, toCursor, type Place } from './cursor.js';
import { toListName, toListOrder, type ListItem, type ListOrder } from './list-order.js';
import { ListPart, type ListKind } from './list-part.js';
import { countDelivered, idOf, isMarked, locate } from './locate.js';
import { nameArgument } from './name-argument.js';
import { toWindow, type PageArgs } from './page.args.js';
import type { ConnectionSelection } from './selection.js';

/** A part of a list to ask the upstream for. */
export interface Window {
  offset: number;
  limit: number;
  day: string | undefined;
}

/** A list, and the part of it that a client asks for. */
export interface ListReading<T> {
  noun: string;
  args: PageArgs;
  filter: string | undefined;
  sort: string | undefined;
  selection: ConnectionSelection;
  dayOffset: DayOffset;
  load: (window: Window) => Promise<Page<T>>;
  /** Receives each page that was read. */
  placed: (page: Page<T>) => void;
}

/** How far ahead of its place the first page around it starts. */
const LOOK_AROUND = MAX_PAGE_SIZE / 2;
/** Items that two pages share, so that one is known to continue the other. */
const OVERLAP = 20;
/** Of a place that other clients' writes have moved far. */
const MAX_READS = 50;

type Items<T> = readonly (T | Error)[];

const totalOf = ({ total }: Page<unknown>): number => (total instanceof Error ? Infinity : Number(total));
const endOf = ({ offset, items }: Page<unknown>): number => offset + items.length;
const isLast = (page: Page<unknown>): boolean => page.items.length === 0 || endOf(page) >= totalOf(page);

/** Both in one, if `next` is known to continue `items`: `[1, 2]`, `[2, 3]` → `[1, 2, 3]`. Else `items` alone. */
function join<T extends ListItem>(items: Items<T>, next: Items<T>): Items<T> {
  const lastId = items.map(idOf).findLast((id) => id !== undefined);
  const index = lastId === undefined ? -1 : next.findIndex((item) => idOf(item) === lastId);
  return index < 0 ? items : [...items, ...next.slice(index + 1)];
}

/** A cursor that goes on if nothing proves that it is the right place. */
function toResumed(place: Place): Place {
  const { instant } = place;
  const position = instant === undefined ? place.position : Math.max(0, place.position - place.marks.length);
  return { ...place, position, marks: [], hasAllTies: true, unreadable: 0 };
}

function cursorLost(place: Place): GatewayError {
  return new GatewayError(
    'CURSOR_LOST',
    'The list changed so much that the position of this cursor cannot be found. Start again, or continue with extensions.resumeAfter; some items may then be missing or repeated.',
    { extensions: { argument: 'after', resumeAfter: toCursor(toResumed(place)) } },
  );
}

class ListReader<T extends ListItem> implements ListKind {
  private knownOrder: ListOrder | undefined;
  private knownName: string | undefined;

  constructor(private readonly reading: ListReading<T>) {}

  readConnection(): Promise<Connection<T>> {
    const { args, selection } = this.reading;
    const { offset, limit } = toWindow(args);
    const place = args.after == null ? undefined : fromCursor(args.after, this.name());
    if (place && !selection.onlyCounts) return this.readBehind(place, limit);
    // Any item shows how many there are.
    const window = { offset, limit: selection.onlyCounts ? 1 : limit, day: undefined };
    return this.load(window, (page) => new Connection(this.toPart(page, limit)));
  }

  /** Made once, and only for cursors: most requests select none. */
  get order(): ListOrder {
    return (this.knownOrder ??= toListOrder(this.reading.sort));
  }

  name(): string {
    const { noun, filter, sort } = this.reading;
    return (this.knownName ??= toListName(noun, filter, sort));
  }

  private async readBehind(place: Place, limit: number): Promise<Connection<T>> {
    const counted = place.day !== undefined && this.reading.selection.counts ? this.count() : undefined;
    const [part, total] = await Promise.all([this.readAfter(place, limit), counted]);
    if (total !== undefined) part.totalCount = total;
    return new Connection(part);
  }

  /** One step for all that is done with a page: an operation may read many lists. */
  private load<R>(window: Window, use: (page: Page<T>) => R): Promise<R> {
    const { reading } = this;
    return reading.load(window).then(
      (page) => {
        reading.placed(page);
        return use(page);
      },
      (failure: unknown) => {
        throw nameArgument(failure, reading);
      },
    );
  }

  private read(window: Window): Promise<Page<T>> {
    return this.load(window, (page) => page);
  }

  /** Of the whole list, of which a page from a day on does not know. */
  private async count(): Promise<Page<T>['total']> {
    return (await this.read({ offset: 0, limit: 1, day: undefined })).total;
  }

  /** The items after a place: one request, and one more if the list has shifted or `limit` leaves no room for an overlap. */
  private async readAfter(place: Place, limit: number): Promise<ListPart<T>> {
    const { day } = place;
    if (place.marks.length === 0 && place.instant === undefined) {
      return this.toPart(await this.read({ offset: place.position + 1, limit, day }), limit, 0, place);
    }
    let window: Window = { offset: place.position, limit: Math.min(limit + 1 + place.unreadable, MAX_PAGE_SIZE), day };
    let later: Page<T> | undefined;
    for (let reads = 1; reads <= MAX_READS; reads += 1) {
      const page = await this.read(window);
      const located = locate(page, place, this.order);
      if (typeof located === 'number') {
        if (reads === 1 && page.items.length - located < limit && page.items.length === window.limit && !isLast(page)) {
          later = await this.read({
            offset: Math.max(0, endOf(page) - OVERLAP),
            limit: Math.min(limit - (page.items.length - located) + 2 * OVERLAP, MAX_PAGE_SIZE),
            day,
          });
        }
        const part = this.toPart(page, limit, located, place, later);
        if (part.items.length > 0 || isLast(page)) return part;
        window = {
          offset: Math.max(page.offset + 1, endOf(page) - 1),
          limit: Math.min(limit + 1, MAX_PAGE_SIZE),
          day,
        };
        later = undefined;
      } else {
        if (totalOf(page) === 0) return this.toPart(page, limit, 0, place);
        if (located === 'lost' || page.offset === 0 || (reads > 1 && this.order.creation === undefined)) break;
        const from = Math.min(page.offset, totalOf(page));
        const step = reads === 1 ? LOOK_AROUND : MAX_PAGE_SIZE - OVERLAP;
        window = { offset: Math.max(0, from - step), limit: MAX_PAGE_SIZE, day };
        later = page;
      }
    }
    throw cursorLost(place);
  }

  private toPart(page: Page<T>, limit: number, start = 0, place?: Place, later?: Page<T>): ListPart<T> {
    const ahead = place ? countDelivered(page.items, start, place) : 0;
    const own = ahead === 0 ? page.items : page.items.slice(ahead);
    const joined = later ? join(own, later.items) : own;
    const items = place ? joined.filter((item) => !isMarked(item, place)) : joined;
    const last = later && joined.length > own.length ? later : page;
    return new ListPart<T>({
      items: items.length > limit ? items.slice(0, limit) : items,
      hasMore: last.total instanceof Error ? last.total : items.length > limit || (items.length > 0 && !isLast(last)),
      total: page.total,
      delivered: ahead === 0 ? [] : page.items.slice(0, ahead),
      offset: page.offset,
      list: this,
      dayOffset: this.reading.dayOffset,
      place,
    });
  }
}

/**
 * Reads the part of a list that a client asks for. After a cursor, the page begins right behind the item of the cursor,
 * wherever that is by now. @throws BAD_USER_INPUT, and CURSOR_LOST if that can't be found
 */
export function readConnection<T extends ListItem>(reading: ListReading<T>): Promise<Connection<T>> {
  return new ListReader(reading).readConnection();
}
