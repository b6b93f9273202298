import type { UpstreamTraits } from '../../src/loaders/upstream-traits.js';

/** An upstream of which nothing is settled. */
export const UNKNOWN_TRAITS: UpstreamTraits = {
  multiIdFilter: 'auto',
  pageSize: 500,
  dayOffset: { min: -12, max: 14 },
};
