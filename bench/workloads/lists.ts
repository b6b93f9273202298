import { parseJson } from '../../src/json/parse-json.js';
import { toCanonical } from './canonical.js';
import { DIALECTS, type DialectName } from './dialects.js';
import { toGraphqlPost, type HttpRequest } from './http-request.js';
import type { Workload } from './workload.js';

interface ListOptions extends Pick<Workload, 'id' | 'title' | 'connections' | 'latencyMs' | 'variants'> {
  size: number;
  offset: (variant: number) => number;
  fields: string;
  /** Users to read with each customer. */
  users?: { size: number; fields: string };
}

interface RestList {
  items: object[];
}

const CUSTOMERS = '/v4/provisioning/customers';

/** A workload of one list. The sandbox lists its customers by id, from 1 on without a gap. */
export function createList(options: ListOptions): Workload {
  const { size, offset, fields, users, ...rest } = options;
  const hasAttributes = fields.includes('customerAttributes');

  function query(dialect: Exclude<DialectName, 'raw'>): string {
    const { list, items, users: usersOf } = DIALECTS[dialect];
    const below = users ? ` ${usersOf(users.size)} { ${items} { ${users.fields} } }` : '';
    const offsetType = dialect === 'tailcall' ? 'Int!' : 'Int';
    return `query List($offset: ${offsetType}) { ${list(size, hasAttributes)} { ${items} { ${fields}${below} } } }`;
  }

  function rawRequest(start: number): HttpRequest {
    const path = `${CUSTOMERS}?limit=${size}&offset=${start}${hasAttributes ? '&include_attributes=true' : ''}`;
    if (!users) return { method: 'GET', path, body: '' };
    const userPaths = Array.from(
      { length: size },
      (_, index) => `${CUSTOMERS}/${start + index + 1}/users?limit=${users.size}`,
    );
    // Whose users to ask for is known once the list is there.
    return { method: 'POST', path: '/', body: `${path}\n\n${userPaths.join('\n')}` };
  }

  function rawRows(body: string): unknown[] {
    const [list = { items: [] }, ...usersOf] = body.split('\n').map((line) => parseJson(line) as RestList);
    return list.items.map((item, index) =>
      toCanonical(users ? { ...item, users: { items: usersOf[index]?.items } } : item),
    );
  }

  return {
    ...rest,
    isUnique: false,
    items: size,
    request: (dialect, variant) =>
      dialect === 'raw'
        ? rawRequest(offset(variant))
        : toGraphqlPost({ query: query(dialect), variables: { offset: offset(variant) } }),
    rows(dialect, body) {
      if (dialect === 'raw') return rawRows(body);
      const { data } = parseJson(body) as { data: Record<string, Record<string, unknown>> };
      return toCanonical(Object.values(data)[0]?.[DIALECTS[dialect].items]) as unknown[];
    },
  };
}
