import { ArgsType, Field, Int } from 'type-graphql';
import { badUserInput } from '../../errors/gateway-error.js';
import { MAX_PAGE_SIZE } from '../../upstream/paging.js';
import { fromCursor } from './cursor.js';

export const DEFAULT_PAGE_SIZE = 50;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PAGE_SIZE,
    description: `How many items to answer, 1 to ${MAX_PAGE_SIZE}.`,
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Answer the items behind this cursor: `pageInfo.endCursor` of the page before. Not together with `offset`.',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many items to leave out from the start, for page-number UIs. Not together with `after`.',
  })
  offset?: number | null;
}

/** The part of a list to ask the upstream for. @throws BAD_USER_INPUT where the arguments are out of range or at odds */
export function toWindow({ first, after, offset }: PageArgs): { offset: number; limit: number } {
  const limit = first ?? DEFAULT_PAGE_SIZE;
  if (limit < 1 || limit > MAX_PAGE_SIZE) {
    throw badUserInput(`first must be from 1 to ${MAX_PAGE_SIZE}.`, 'first');
  }
  if (offset != null && after != null) throw badUserInput('offset and after exclude each other.', 'offset');
  if (offset != null && offset < 0) {
    throw badUserInput('offset must not be negative.', 'offset');
  }
  return { offset: after != null ? fromCursor(after) + 1 : (offset ?? 0), limit };
}
