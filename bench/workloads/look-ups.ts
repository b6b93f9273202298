import { parseJson } from '../../src/json/parse-json.js';
import { toCanonical } from './canonical.js';
import { DIALECTS, type DialectName } from './dialects.js';
import { toGraphqlPost, type HttpRequest } from './http-request.js';
import { UNIQUE_PLACE, type Workload } from './workload.js';

interface LookUpOptions extends Pick<Workload, 'id' | 'title' | 'connections' | 'latencyMs' | 'variants'> {
  fields: string;
  /** The ids of one operation, each of them as often as it is asked for. */
  ids: (variant: number) => readonly number[];
  isUnique?: boolean;
  /** Whether a target that can is asked by `_entities` instead of by aliases. */
  byEntities?: boolean;
}

const CUSTOMERS = '/v4/provisioning/customers';
const unique = (values: readonly number[]): number[] => [...new Set(values)];

function rawRequest(ids: readonly number[]): HttpRequest {
  const [first = 0] = ids;
  if (ids.length === 1) return { method: 'GET', path: `${CUSTOMERS}/${first}`, body: '' };
  const distinct = unique(ids);
  const filter = encodeURIComponent(`id:eq:${distinct.join(':')}`);
  return { method: 'GET', path: `${CUSTOMERS}?filter=${filter}&limit=${distinct.length}`, body: '' };
}

function rawRows(body: string, ids: readonly number[]): unknown[] {
  const answer = parseJson(body) as { id: number } | { items: { id: number }[] };
  const records = 'items' in answer ? answer.items : [answer];
  return ids.map((wanted) => toCanonical(records.find(({ id }) => id === wanted)));
}

/** A workload of look-ups by id, one or many in an operation. The ids are variables, so that the document stays. */
export function createLookUps(options: LookUpOptions): Workload {
  const { fields, ids, isUnique = false, byEntities = false, ...rest } = options;
  const size = ids(0).length;

  function aliased(dialect: Exclude<DialectName, 'raw'>, wanted: readonly number[]): HttpRequest {
    const { idType, one } = DIALECTS[dialect];
    const distinct = unique(wanted);
    const declared = distinct.map((_, index) => `$i${index}: ${idType}`).join(', ');
    const asked = wanted.map((id, index) => `a${index}: ${one(`i${distinct.indexOf(id)}`, fields)}`).join(' ');
    const name = isUnique ? ` LookUp${UNIQUE_PLACE}` : ' LookUp';
    const variables = Object.fromEntries(distinct.map((id, index) => [`i${index}`, String(id)]));
    return toGraphqlPost({ query: `query${name}(${declared}) { ${asked} }`, variables });
  }

  function entities(wanted: readonly number[]): HttpRequest {
    const query = `query Join($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { ${fields} } } }`;
    const representations = wanted.map((id) => ({ __typename: 'Customer', id: String(id) }));
    return toGraphqlPost({ query, variables: { representations } });
  }

  return {
    ...rest,
    isUnique,
    items: size,
    request(dialect, variant) {
      const wanted = ids(variant);
      if (dialect === 'raw') return rawRequest(wanted);
      return byEntities && DIALECTS[dialect].hasEntities ? entities(wanted) : aliased(dialect, wanted);
    },
    rows(dialect, body, variant) {
      if (dialect === 'raw') return rawRows(body, ids(variant));
      const { data } = parseJson(body) as { data: Record<string, unknown> };
      const found = data['_entities'] ?? Object.values(data);
      return toCanonical(found) as unknown[];
    },
  };
}
