import { UpstreamFailure } from '../errors/upstream-failure.js';

/** DRACOON's 404 codes for a thing that is not there, as against a path that is not. */
export const NOT_FOUND = { customer: -90103, webhook: -91000 } as const;

/** Turns exactly the documented "not found" of one kind of thing into null. */
export async function nullIfAbsent<T>(kind: keyof typeof NOT_FOUND, read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof UpstreamFailure && error.status === 404 && error.errorCode === NOT_FOUND[kind]) return null;
    throw error;
  }
}
