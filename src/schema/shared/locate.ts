import { isIntact } from '../../errors/contract-violation.js';
import type { Page } from '../../loaders/page.js';
import type { Place } from './cursor.js';
import { instantOf, type ListItem, type ListOrder } from './list-order.js';

/**
 * Index in the page of the first item that comes after a place; `earlier` if the place is further ahead in the list, or if
 * this page can't tell; `lost` if no page can.
 */
export type Located = number | 'earlier' | 'lost';

type Items<T> = readonly (T | Error)[];

/** The id of an item; undefined if the item broke the contract. */
export function idOf(item: ListItem | Error): string | undefined {
  return isIntact(item) && isIntact(item.id) ? item.id : undefined;
}

/**
 * A list by creation: `createdAt` never changes, so an item created before the place was delivered, and one created after it
 * was not. Only among those created at the same instant does it take marks.
 */
function locateByCreation<T extends ListItem>(page: Page<T>, place: Place, direction: 1 | -1): Located {
  const { instant = 0, hasAllTies } = place;
  let start = 0;
  let hasTies = false;
  let hasMarks = false;
  for (const [index, item] of page.items.entries()) {
    const created = isIntact(item) ? instantOf(item) : undefined;
    if (created === undefined) continue;
    const difference = (created - instant) * direction;
    if (difference > 0) break;
    const isTie = difference === 0;
    const isKnown = isTie && isMarked(item, place);
    hasMarks ||= isKnown;
    hasTies ||= isTie && !isKnown;
    if (!isTie || (isKnown && !hasAllTies)) start = index + 1;
  }
  if (page.offset > 0 && start === 0 && !hasMarks) return 'earlier';
  return hasTies && !hasAllTies && !hasMarks ? 'lost' : start;
}

/** Any other order: behind the latest mark that is there and has not moved. */
function locateByMarks<T extends ListItem>(items: Items<T>, place: Place, order: ListOrder): Located {
  const indexes = new Map(items.map((item, index) => [idOf(item), index]));
  for (const { id, key } of place.marks) {
    const index = indexes.get(id);
    if (index !== undefined && order.keyOf(items[index] as T) === key) return index + 1;
  }
  return 'earlier';
}

/** Finds a place in a page of its list. */
export function locate<T extends ListItem>(page: Page<T>, place: Place, order: ListOrder): Located {
  const [first] = page.items;
  const [latest] = place.marks;
  // The usual case, without looking at any other item.
  if (first && latest && place.hasAllTies && place.marks.length === 1 && idOf(first) === latest.id) {
    if (order.creation || order.keyOf(first as T) === latest.key) return 1;
  }
  return order.creation ? locateByCreation(page, place, order.creation) : locateByMarks(page.items, place, order);
}

/** How many items of a page a place knows to be delivered; `start` is what `locate` returned. */
export function countDelivered<T extends ListItem>(items: Items<T>, start: number, place: Place): number {
  let count = start;
  for (let unreadable = place.unreadable; count < items.length; count += 1) {
    const item = items[count] as T;
    if (idOf(item) === undefined ? unreadable === 0 : !isMarked(item, place)) break;
    if (idOf(item) === undefined) unreadable -= 1;
  }
  return count;
}

/** Whether a place knows an item to be delivered. */
export function isMarked(item: ListItem | Error, { marks }: Place): boolean {
  const id = idOf(item);
  return id !== undefined && marks.some((mark) => mark.id === id);
}
