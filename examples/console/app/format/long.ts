/** A `Long` as the gateway sends it: a number up to 2^53-1, and a string of digits beyond. */
export type Long = number | string;

/** `quotaMax` of a customer without a limit. */
export const UNLIMITED = -1n;

/** Exactly; a bigint holds what a number would round. */
export const toBigInt = (value: Long): bigint => BigInt(value);
