import { badUserInput } from '../../errors/gateway-error.js';
import { MAX_OFFSET, isUpstreamId } from '../../upstream/target.js';

/** An item that was delivered already. */
export interface Mark {
  readonly id: string;
  /** `ListOrder.keyOf` of the item; empty in a list by creation. */
  readonly key: string;
}

/** Place of an item in its list, so that it can be found again after the list has shifted. */
export interface Place {
  /** `toListName` of the list. */
  readonly list: string;
  /** Index of the first mark among the items that `day` leaves; without marks, of the item itself. A hint: other clients' writes make it wrong. */
  readonly position: number;
  /** A list by creation is read from this day on, or up to it if the latest come first. */
  readonly day: string | undefined;
  /** When the item was created, in milliseconds of the epoch; undefined in a list of another order. */
  readonly instant: number | undefined;
  /**
   * The last items delivered, the latest first; in a list by creation only those created at `instant`. None if nothing proves
   * that the place is right: every item broke the contract, or the client goes on after `CURSOR_LOST`.
   */
  readonly marks: readonly Mark[];
  /** Whether `marks` holds all items created at `instant` that were delivered. */
  readonly hasAllTies: boolean;
  /** Items delivered after the first mark that broke the contract, so that nothing identifies them. */
  readonly unreadable: number;
}

const OLD_CURSOR = /^offset:\d+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_CURSOR_LENGTH = 2_000;
const MAX_INSTANT = 8.64e15;

/** A text that clients treat as opaque. It holds all of its place, so that every replica can go on from it. */
export function toCursor(place: Place): string {
  const { list, position, day, instant, marks, hasAllTies, unreadable } = place;
  const fields = [
    list,
    position,
    day ?? null,
    instant ?? null,
    hasAllTies ? 1 : 0,
    unreadable,
    ...marks.map(toMarkFields).flat(),
  ];
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

const toMarkFields = ({ id, key }: Mark): string[] => [id, key];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isIndex = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < MAX_OFFSET;
const isInstant = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Math.abs(Number(value)) <= MAX_INSTANT);
const isDay = (value: unknown): boolean => value === null || (typeof value === 'string' && DAY.test(value));

function toPlace(fields: unknown): Place | undefined {
  if (!Array.isArray(fields)) return undefined;
  const [list, position, day, instant, ties, unreadable, ...rest] = fields as unknown[];
  if (typeof list !== 'string' || !isIndex(position) || !isIndex(unreadable)) return undefined;
  if (!isDay(day) || !isInstant(instant)) return undefined;
  if (rest.length % 2 !== 0 || !rest.every((field) => typeof field === 'string')) return undefined;
  const marks = rest.flatMap((id, index) => (index % 2 === 0 ? [{ id, key: rest[index + 1] ?? '' }] : []));
  if (!marks.every(({ id }) => isUpstreamId(id))) return undefined;
  return {
    list,
    position,
    day: (day as string | null) ?? undefined,
    instant: (instant as number | null) ?? undefined,
    marks,
    hasAllTies: ties === 1,
    unreadable,
  };
}

/** The place in `list` that a cursor stands for. @throws BAD_USER_INPUT on any text that is no cursor of this list */
export function fromCursor(cursor: string, list: string): Place {
  const text = cursor.length > MAX_CURSOR_LENGTH ? '' : Buffer.from(cursor, 'base64url').toString();
  if (OLD_CURSOR.test(text)) {
    throw badUserInput('after is a cursor of an older version of the gateway. Start again without it.', 'after');
  }
  const place = toPlace(parse(text));
  if (!place || toCursor(place) !== cursor) {
    throw badUserInput('after must be a cursor from an earlier response.', 'after');
  }
  if (place.list !== list) {
    throw badUserInput('after is a cursor of another list: keep filter and orderBy while you page.', 'after');
  }
  return place;
}
