import { ArgsType, Field, Int } from 'type-graphql';
import { badUserInput } from '../../errors/gateway-error.js';
import { MAX_PAGE_SIZE } from '../../upstream/target.js';

const DEFAULT_PAGE_SIZE = 50;

/** The largest `first`. */
export const LARGEST_PAGE = MAX_PAGE_SIZE;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE_SIZE,
    description: `Number of items to return, 1 to ${MAX_PAGE_SIZE}.`,
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Return the items after this cursor: `pageInfo.endCursor` of the page before. Not together with `offset`.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of items to skip from the start, for page-number UIs. Not together with `after`.',
  })
  offset?: number | null;
}

const isPageSize = (size: number): boolean => size >= 1 && size <= MAX_PAGE_SIZE;

/** The longest that a page can be: `{ first: 20 }` → 20, and 0 for a size that `toWindow` refuses. */
export function mostItems({ first }: { first?: unknown }): number {
  const size = Number(first ?? DEFAULT_PAGE_SIZE);
  return isPageSize(size) ? size : 0;
}

/** Where a page without a cursor starts, and how long it is. @throws BAD_USER_INPUT if the arguments are out of range or at odds */
export function toWindow({ first, after, offset }: PageArgs): { offset: number; limit: number } {
  const limit = first ?? DEFAULT_PAGE_SIZE;
  if (!isPageSize(limit)) {
    throw badUserInput(`first must be from 1 to ${MAX_PAGE_SIZE}.`, 'first');
  }
  if (offset != null && after != null) throw badUserInput('offset and after cannot be combined.', 'offset');
  if (offset != null && offset < 0) {
    throw badUserInput('offset must not be negative.', 'offset');
  }
  return { offset: offset ?? 0, limit };
}
