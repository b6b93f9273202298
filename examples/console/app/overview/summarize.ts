import { toFill } from '../format/fill.js';
import { toBigInt, UNLIMITED } from '../format/long.js';
import type { CustomerContractType } from '../gql/graphql.js';
import type { OverviewCustomer } from './read-customers.js';

/** Sums over customers. */
export interface Sums {
  customers: number;
  /** Bytes of the quotas of customers with a limit, and what these customers use of them. */
  quotaMax: bigint;
  quotaUsed: bigint;
  /** Customers without a limit, and the bytes that they use. */
  unlimited: number;
  unlimitedUsed: bigint;
  userMax: number;
  userUsed: number;
}

export interface Overview {
  all: Sums;
  byContract: Readonly<Record<CustomerContractType, Sums>>;
  /** Customers by how full their storage is: 0 to 9 %, …, 90 to 99 %, 100 % and more. */
  fills: readonly number[];
  /** Those that use much of their storage or of their users, the fullest first. */
  nearLimit: readonly OverviewCustomer[];
  /** The oldest first. */
  neverLoggedIn: readonly OverviewCustomer[];
}

const NOTHING: Sums = {
  customers: 0,
  quotaMax: 0n,
  quotaUsed: 0n,
  unlimited: 0,
  unlimitedUsed: 0n,
  userMax: 0,
  userUsed: 0,
};

function add(sums: Sums, customer: OverviewCustomer): Sums {
  const [max, used] = [toBigInt(customer.quotaMax), toBigInt(customer.quotaUsed)];
  const isUnlimited = max === UNLIMITED;
  return {
    customers: sums.customers + 1,
    quotaMax: sums.quotaMax + (isUnlimited ? 0n : max),
    quotaUsed: sums.quotaUsed + (isUnlimited ? 0n : used),
    unlimited: sums.unlimited + Number(isUnlimited),
    unlimitedUsed: sums.unlimitedUsed + (isUnlimited ? used : 0n),
    userMax: sums.userMax + customer.userMax,
    userUsed: sums.userUsed + customer.userUsed,
  };
}

const storageFill = ({ quotaUsed, quotaMax }: OverviewCustomer) => toFill(toBigInt(quotaUsed), toBigInt(quotaMax));
const fillsOf = (customer: OverviewCustomer) =>
  [storageFill(customer), toFill(BigInt(customer.userUsed), BigInt(customer.userMax))].filter(
    (fill) => fill !== undefined,
  );

const fullest = (customer: OverviewCustomer): number => Math.max(...fillsOf(customer).map(({ percent }) => percent));

function countFills(customers: readonly OverviewCustomer[]): number[] {
  const counts = Array.from({ length: 11 }, () => 0);
  for (const customer of customers) {
    const fill = storageFill(customer);
    if (!fill) continue;
    const at = Math.min(10, Math.floor(fill.percent / 10));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** All figures of the overview. */
export function summarize(customers: readonly OverviewCustomer[]): Overview {
  const sumOf = (contract: CustomerContractType): Sums =>
    customers.filter(({ customerContractType }) => customerContractType === contract).reduce(add, NOTHING);
  return {
    all: customers.reduce(add, NOTHING),
    byContract: { PAY: sumOf('PAY'), FREE: sumOf('FREE'), DEMO: sumOf('DEMO') },
    fills: countFills(customers),
    nearLimit: customers
      .filter((customer) => fillsOf(customer).some(({ level }) => level !== 'normal'))
      .sort((left, right) => fullest(right) - fullest(left)),
    neverLoggedIn: customers
      .filter(({ lastLoginAt }) => lastLoginAt === null)
      .sort((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt)),
  };
}
