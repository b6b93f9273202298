import {
  MAX_PAGES,
  PAGE_SIZE,
  readCustomers,
  type OverviewConnection,
  type OverviewCustomer,
} from '../../../examples/console/app/overview/read-customers.js';
import { summarize } from '../../../examples/console/app/overview/summarize.js';

const customer = (id: number, more: Partial<OverviewCustomer> = {}): OverviewCustomer => ({
  id: String(id),
  companyName: `Company ${id}`,
  customerContractType: 'PAY',
  quotaMax: 1_000,
  quotaUsed: 100,
  userMax: 10,
  userUsed: 1,
  createdAt: '2026-01-01T00:00:00Z',
  lastLoginAt: '2026-02-01T00:00:00Z',
  ...more,
});

describe('readCustomers', () => {
  /** A list of pages with two customers each. */
  const pagesOf = (pages: number) => {
    const asked: unknown[] = [];
    const readPage = (variables: { after?: string | null | undefined }): Promise<OverviewConnection> => {
      asked.push(variables);
      const at = Number(variables.after ?? 0);
      const nodes = [customer(at * 2), customer(at * 2 + 1)];
      const pageInfo = { hasNextPage: at + 1 < pages, endCursor: String(at + 1) };
      return Promise.resolve({ totalCount: String(pages * 2), pageInfo, nodes });
    };
    return { asked, readPage };
  };

  it('reads all pages, and counts the list once', async () => {
    const { asked, readPage } = pagesOf(3);
    const progress: number[] = [];
    const read = await readCustomers(readPage, (count) => progress.push(count));
    expect(read).toMatchObject({ total: 6, unreadable: 0, isCut: false });
    expect(read.customers.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(progress).toEqual([2, 4, 6]);
    expect(asked).toEqual([
      { first: PAGE_SIZE, after: null, counts: true },
      { first: PAGE_SIZE, after: '1', counts: false },
      { first: PAGE_SIZE, after: '2', counts: false },
    ]);
  });

  it.each([
    [MAX_PAGES, false],
    [MAX_PAGES + 1, true],
  ])('of %d pages, says whether there are more: %s', async (pages, isCut) => {
    const { asked, readPage } = pagesOf(pages);
    expect(await readCustomers(readPage, () => undefined)).toMatchObject({ isCut, total: pages * 2 });
    expect(asked).toHaveLength(MAX_PAGES);
  });

  it('counts customers that could not be read', async () => {
    const pageInfo = { hasNextPage: false, endCursor: null };
    const read = await readCustomers(
      () => Promise.resolve({ totalCount: 2, pageInfo, nodes: [null, customer(1)] }),
      () => undefined,
    );
    expect(read).toMatchObject({ unreadable: 1, customers: [{ id: '1' }] });
  });
});

describe('summarize', () => {
  it('adds up exactly, and keeps customers without a limit apart', () => {
    const { all, byContract } = summarize([
      customer(1, { quotaMax: '9007199254740993', quotaUsed: '9007199254740993' }),
      customer(2, { quotaMax: 2, quotaUsed: 1, customerContractType: 'DEMO' }),
      customer(3, { quotaMax: -1, quotaUsed: 50, userMax: 5, userUsed: 4 }),
    ]);
    expect(all).toEqual({
      customers: 3,
      quotaMax: 9_007_199_254_740_995n,
      quotaUsed: 9_007_199_254_740_994n,
      unlimited: 1,
      unlimitedUsed: 50n,
      userMax: 25,
      userUsed: 6,
    });
    expect([byContract.PAY.customers, byContract.FREE.customers, byContract.DEMO.quotaMax]).toEqual([2, 0, 2n]);
  });

  it('lists customers near a limit of storage or users, the fullest first', () => {
    const { nearLimit } = summarize([
      customer(1, { quotaUsed: 790 }),
      customer(2, { quotaUsed: 800 }),
      customer(3, { userUsed: 10 }),
      customer(4, { quotaMax: -1, quotaUsed: 5_000 }),
    ]);
    expect(nearLimit.map(({ id }) => id)).toEqual(['3', '2']);
  });

  it('lists customers who never logged in, the oldest first', () => {
    const { neverLoggedIn } = summarize([
      customer(1, { lastLoginAt: null }),
      customer(2),
      customer(3, { lastLoginAt: null, createdAt: '2025-01-01T00:00:00Z' }),
    ]);
    expect(neverLoggedIn.map(({ id }) => id)).toEqual(['3', '1']);
  });

  it('counts customers by how full their storage is', () => {
    const { fills } = summarize([0, 99, 100, 999, 1_000, 2_000].map((quotaUsed, id) => customer(id, { quotaUsed })));
    expect(fills).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });
});
