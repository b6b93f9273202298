import { ALL_SCALARS, SIX_SCALARS } from './fields.js';
import { createList } from './lists.js';
import { createLookUps } from './look-ups.js';
import type { Workload } from './workload.js';

export interface GrowthPoint {
  label: string;
  workload: Workload;
  connections: number;
  /** Customers in the upstream. */
  customers: number;
}

export interface GrowthSeries {
  title: string;
  points: readonly GrowthPoint[];
}

const CUSTOMERS = 2_000;
/** The customers at the end of the list, whose ids are beyond 2^53, stay out. */
const LEFT_OUT = 10;
const CONNECTIONS = 32;
const FEW_CONNECTIONS = 8;

const base = (title: string) => ({ id: 'growth', title, connections: CONNECTIONS, latencyMs: 0 });

function lookUps(count: number, customers: number): Workload {
  const known = customers - LEFT_OUT;
  const step = Math.floor(known / count);
  return createLookUps({
    ...base('look-ups'),
    // More than there are ever under way at once, so that no two of these are equal reads.
    variants: count === 1 ? 1_024 : 128,
    fields: count === 1 ? ALL_SCALARS : SIX_SCALARS,
    ids: (variant) => Array.from({ length: count }, (_, index) => 1 + ((variant * 7 + index * step) % known)),
  });
}

function list(size: number, customers: number): Workload {
  const room = customers - LEFT_OUT - size;
  return createList({
    ...base('list'),
    variants: 64,
    size,
    // From all over the list, so that a long one is read at its end too.
    offset: (variant) => Math.floor((variant * room) / 64),
    fields: SIX_SCALARS,
  });
}

const point = (label: string, workload: Workload, connections = CONNECTIONS, customers = CUSTOMERS): GrowthPoint => ({
  label,
  workload,
  connections,
  customers,
});

const OF_CUSTOMERS = [2_000, 20_000, 200_000];
const thousands = (value: number): string => value.toLocaleString('en');

/** What grows, and the workload that shows what comes of it. Time is for one item: a customer of a list or a look-up. */
export const GROWTH_SERIES: readonly GrowthSeries[] = [
  {
    title: 'customers in the upstream, one look-up',
    points: OF_CUSTOMERS.map((customers) => point(thousands(customers), lookUps(1, customers), CONNECTIONS, customers)),
  },
  {
    title: 'customers in the upstream, 25 look-ups in one operation',
    points: OF_CUSTOMERS.map((customers) =>
      point(thousands(customers), lookUps(25, customers), FEW_CONNECTIONS, customers),
    ),
  },
  {
    title: 'customers in the upstream, lists of 50 from all over',
    points: OF_CUSTOMERS.map((customers) => point(thousands(customers), list(50, customers), CONNECTIONS, customers)),
  },
  {
    title: 'length of a list',
    points: [1, 5, 50, 500].map((size) => point(String(size), list(size, CUSTOMERS), FEW_CONNECTIONS)),
  },
  {
    title: 'requests under way at once, one look-up each',
    points: [1, 8, 32, 128, 512].map((connections) => point(String(connections), lookUps(1, CUSTOMERS), connections)),
  },
  {
    title: 'look-ups in one document',
    points: [1, 10, 25, 50].map((count) => point(String(count), lookUps(count, CUSTOMERS), FEW_CONNECTIONS)),
  },
];
