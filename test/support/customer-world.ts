import { UpstreamFailure } from '../../src/errors/upstream-failure.js';
import { decode } from '../../src/records/decode.js';
import type { Upstream } from '../../src/upstream/upstream.js';

/** What a filter by several ids does: any of them, the first alone, nothing, all customers, 400 or 500. */
export type FilterMode = 'or' | 'first' | 'none' | 'ignore' | 'reject' | 'break';

/** What an upstream holds and how it answers. */
export interface CustomerWorld {
  ids: readonly string[];
  filter: FilterMode;
  /** Ids that lists leave out although they exist. */
  hidden: ReadonlySet<string>;
  /** Ids whose single read fails. */
  failing: ReadonlySet<string>;
}

const customer = (id: string): object => ({
  id: Number(id),
  customerUuid: '00000000-0000-4000-8000-000000000000',
  companyName: `Company ${id}`,
  customerContractType: 'pay',
  lockStatus: false,
  quotaMax: 1,
  quotaUsed: 1,
  userMax: 1,
  userUsed: 1,
  cntInternalUser: 1,
  cntGuestUser: 0,
  createdAt: '2024-01-01T00:00:00Z',
});

const failure = (status: number, errorCode: number): UpstreamFailure =>
  new UpstreamFailure({ operationId: 'x', kind: 'status', status, errorCode });

/** An upstream of pure functions that counts its calls. */
export function createCustomerWorld({ ids, filter, hidden, failing }: CustomerWorld): {
  upstream: Upstream;
  calls: () => number;
} {
  let calls = 0;
  const known = new Set(ids);
  const listed = ids.filter((id) => !hidden.has(id));
  const matching = (asked: readonly string[]): readonly string[] => {
    if (filter === 'reject') throw failure(400, -80001);
    if (filter === 'break') throw failure(500, -1);
    if (filter === 'ignore') return listed;
    const wanted = new Set(filter === 'or' ? asked : filter === 'first' ? asked.slice(0, 1) : []);
    return listed.filter((id) => wanted.has(id));
  };
  const customers = {
    get: async (id: string) => {
      calls += 1;
      if (failing.has(id)) throw failure(500, -1);
      if (!known.has(id)) throw failure(404, -90103);
      return decode('Customer', customer(id));
    },
    list: async (query: { offset: number; limit: number; filter?: string | undefined }) => {
      calls += 1;
      const found = query.filter === undefined ? listed : matching(query.filter.split(':').slice(2));
      return decode('CustomerList', {
        items: found.slice(query.offset, query.offset + query.limit).map(customer),
        range: { offset: query.offset, limit: query.limit, total: found.length },
      });
    },
  };
  return { upstream: { customers } as unknown as Upstream, calls: () => calls };
}
