import { ApiFailure } from '../http/errors.js';

const INT64_MAX = 9_223_372_036_854_775_807n;

/** Reads an id out of a path: an integer from 1 through 2^63 − 1. */
export function readPathId(text: string | undefined): bigint {
  if (text === undefined || !/^-?\d+$/.test(text)) throw new ApiFailure('invalidNumber');
  const id = BigInt(text);
  if (id > INT64_MAX) throw new ApiFailure('invalidNumber');
  if (id < 1n) throw new ApiFailure('invalidPositiveNumber');
  return id;
}
