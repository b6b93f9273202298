import { toBigInt, type Long } from './long.js';

const WHOLE = new Intl.NumberFormat('en-GB');

/** With thousands apart: `1,924`. */
export const formatCount = (count: Long): string => WHOLE.format(toBigInt(count));

/** `1 customer`, `1,924 customers`. */
export const countOf = (count: Long, noun: string): string =>
  `${formatCount(count)} ${noun}${toBigInt(count) === 1n ? '' : 's'}`;
