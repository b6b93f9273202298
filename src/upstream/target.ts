import type { ListQuery } from './paging.js';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

type Value = Query[string];

/** Path and query as they go into a URL; what is undefined is left out. */
export function targetOf(path: string, list: ListQuery | undefined, query: Query | undefined): string {
  let target = path;
  let separator = '?';
  function add(name: string, value: Value): void {
    if (value === undefined) return;
    target += `${separator}${name}=${typeof value === 'string' ? encodeURIComponent(value) : String(value)}`;
    separator = '&';
  }
  if (list) {
    add('offset', list.offset);
    add('limit', list.limit);
    add('filter', list.filter);
    add('sort', list.sort);
  }
  for (const name in query) add(name, query[name]);
  return target;
}
