import { badUserInput } from '../../errors/gateway-error.js';
import { isUuidLike } from '../../records/formats.js';
import { notUuid, toUpstreamId } from '../../upstream/target.js';

/** One element of `_entities(representations:)`, as a router sent it: nothing in it is checked yet. */
export interface Representation {
  /** Its place in GraphQL terms, for example `representations.3`. */
  argument: string;
  fields: Readonly<Record<string, unknown>>;
}

/** @throws BAD_USER_INPUT on anything but an object */
export function toRepresentation(value: unknown, argument: string): Representation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badUserInput(`${argument} must be an object.`, argument);
  }
  return { argument, fields: { ...value } };
}

/** The key field `id` in decimal digits; undefined if there is none. @throws BAD_USER_INPUT on what is no id */
export function idKey({ argument, fields }: Representation): string | undefined {
  const id = fields['id'];
  if (id == null) return undefined;
  const isExact = typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id));
  return toUpstreamId(isExact ? String(id) : '', `${argument}.id`);
}

/**
 * The key field `name` in lower case; undefined if there is none. @throws BAD_USER_INPUT on what can't stand in the place of
 * a UUID
 */
export function uuidKey({ argument, fields }: Representation, name: string): string | undefined {
  const value = fields[name];
  if (value == null) return undefined;
  const uuid = typeof value === 'string' ? value.toLowerCase() : '';
  if (isUuidLike(uuid)) return uuid;
  throw notUuid(`${argument}.${name}`);
}

/** What to throw if a representation holds none of its entity's keys. */
export function missingKey({ argument }: Representation, ...keys: readonly string[]): Error {
  return badUserInput(`${argument} must hold ${keys.join(' or ')}.`, argument);
}
