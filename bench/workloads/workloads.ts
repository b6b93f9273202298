import { ALL_FIELDS, ALL_SCALARS, SIX_SCALARS, USER_FIELDS } from './fields.js';
import { createList } from './lists.js';
import { createLookUps } from './look-ups.js';
import type { Workload } from './workload.js';

/**
 * Requests of one workload differ in their ids or offsets, so that a server that shares equal reads under way gains
 * nothing by that; W7 alone is one request over and over. The last two customers have ids beyond 2^53, which the peers
 * round, and stay out.
 */
const CUSTOMERS = 1_990;
const MANY = 32;
const FEW = 8;

/** `count` ids from all over the list, others for each variant. */
const spread = (count: number, variant: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + ((variant * 7 + index * Math.floor(CUSTOMERS / count)) % CUSTOMERS));

const tens = (variant: number): number => variant * 10;

const oneCustomer = (id: string, latencyMs: number): Workload =>
  createLookUps({
    id,
    title: `one customer by id, 19 scalar fields${latencyMs > 0 ? `, upstream ${latencyMs} ms away` : ''}`,
    connections: MANY,
    latencyMs,
    variants: 256,
    fields: ALL_SCALARS,
    ids: (variant) => spread(1, variant),
  });

const customersWithUsers = (id: string, latencyMs: number): Workload =>
  createList({
    id,
    title: `50 customers with 5 users each${latencyMs > 0 ? `, upstream ${latencyMs} ms away` : ''}`,
    connections: FEW,
    latencyMs,
    // No customer is in two variants, whose users would else be equal reads.
    variants: 39,
    size: 50,
    offset: (variant) => variant * 50,
    fields: 'id companyName',
    users: { size: 5, fields: USER_FIELDS },
  });

export const WORKLOADS: readonly Workload[] = [
  oneCustomer('W1', 0),
  createList({
    id: 'W2',
    title: '50 customers, 6 scalar fields',
    connections: MANY,
    latencyMs: 0,
    variants: 128,
    size: 50,
    offset: tens,
    fields: SIX_SCALARS,
  }),
  customersWithUsers('W3', 0),
  createList({
    id: 'W4',
    title: '500 customers, all 20 fields',
    connections: FEW,
    latencyMs: 0,
    variants: 48,
    size: 500,
    offset: tens,
    fields: ALL_FIELDS,
  }),
  createLookUps({
    id: 'W5',
    title: '100 entities by their keys',
    connections: FEW,
    latencyMs: 0,
    variants: 96,
    fields: SIX_SCALARS,
    ids: (variant) => spread(100, variant),
    byEntities: true,
  }),
  createLookUps({
    id: 'W6',
    title: '50 aliased look-ups of 25 ids',
    connections: MANY,
    latencyMs: 0,
    variants: 128,
    fields: SIX_SCALARS,
    ids: (variant) => {
      const ids = spread(25, variant);
      return [...ids, ...ids];
    },
  }),
  createList({
    id: 'W7',
    title: 'the same 50 customers, one request over and over',
    connections: MANY,
    latencyMs: 0,
    variants: 1,
    size: 50,
    offset: () => 0,
    fields: SIX_SCALARS,
  }),
  createLookUps({
    id: 'W8',
    title: 'one customer by id, a new document every time',
    connections: MANY,
    latencyMs: 0,
    variants: 256,
    fields: ALL_SCALARS,
    ids: (variant) => spread(1, variant),
    isUnique: true,
  }),
  oneCustomer('W1+5ms', 5),
  oneCustomer('W1+20ms', 20),
  customersWithUsers('W3+5ms', 5),
  customersWithUsers('W3+20ms', 20),
];
