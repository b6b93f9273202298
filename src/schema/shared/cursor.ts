import { badUserInput } from '../../errors/gateway-error.js';
import { MAX_OFFSET } from '../../upstream/paging.js';

const PREFIX = 'offset:';

/** The cursor of the item at a list position. Depends on nothing but the position, so it may be kept for good. */
export function toCursor(position: number): string {
  return Buffer.from(`${PREFIX}${position}`).toString('base64url');
}

/** The position a cursor stands for. @throws BAD_USER_INPUT on a text that `toCursor` never makes */
export function fromCursor(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const position = text.startsWith(PREFIX) ? Number(text.slice(PREFIX.length)) : NaN;
  if (!Number.isInteger(position) || position < 0 || position >= MAX_OFFSET || toCursor(position) !== cursor) {
    throw badUserInput('after must be a cursor that an earlier answer contained.', 'after');
  }
  return position;
}
