import { ContractViolation } from '../errors/contract-violation.js';
import type { Decoded } from '../records/decode.js';
import { GatewayError } from '../errors/gateway-error.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';

/** A customer as the upstream told it. `customerAttributes` is undefined if they were not asked for. */
export type CustomerRecord = Decoded<'Customer' | 'CustomerWithoutAttributes'>;

/** The value of a property that the gateway itself needs. @throws ContractViolation where the upstream broke it */
export function valueOf<T>(property: T | ContractViolation): T {
  if (property instanceof ContractViolation) throw property;
  return property;
}

/** DRACOON's 404 codes for a thing that is not there, as against a path that is not. */
export const NOT_FOUND = { customer: -90103, webhook: -91000 } as const;

type Kind = keyof typeof NOT_FOUND;

/** Whether an error is, or stands for, exactly the documented "not found" of one kind of thing. */
export function isAbsence(error: unknown, kind: Kind): boolean {
  const failure = error instanceof GatewayError ? error.cause : error;
  return failure instanceof UpstreamFailure && failure.status === 404 && failure.errorCode === NOT_FOUND[kind];
}

/** Turns the absence of one kind of thing into null. */
export async function nullIfAbsent<T>(kind: Kind, read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (isAbsence(error, kind)) return null;
    throw error;
  }
}

export const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** What `read` brings, or the Error that stands in its place, as DataLoader wants one for each key. */
export async function resultOf<T>(read: () => Promise<T>): Promise<T | Error> {
  try {
    return await read();
  } catch (reason) {
    return toError(reason);
  }
}
