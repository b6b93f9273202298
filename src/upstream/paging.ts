/** The upstream's largest page: its `limit` text and its clients agree on 500, its customers text alone says 1000. */
export const MAX_PAGE_SIZE = 500;

/** `offset` and `limit` are int32 upstream. */
export const MAX_OFFSET = 2 ** 31 - 1;

/** What every upstream list takes. `filter` and `sort` are already in the upstream's grammar. */
export interface ListQuery {
  offset: number;
  limit: number;
  filter?: string | undefined;
  sort?: string | undefined;
}
