import { UpstreamFailure } from '../errors/upstream-failure.js';

/** DRACOON's 404 codes for a thing that is not there, as against a path that is not. */
export const NOT_FOUND = { customer: -90103, webhook: -91000 } as const;

type Kind = keyof typeof NOT_FOUND;

/** Whether a failure is exactly the documented "not found" of one kind of thing. */
export function isAbsence(failure: unknown, kind: Kind): boolean {
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
