import { badUserInput } from '../../errors/gateway-error.js';
import { toUpstreamId } from '../shared/id-argument.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

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

/** The key field `id` in decimal digits; undefined where there is none. @throws BAD_USER_INPUT on what is no id */
export function idKey({ argument, fields }: Representation): string | undefined {
  const id = fields['id'];
  if (id == null) return undefined;
  const isExact = typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id));
  return toUpstreamId(isExact ? String(id) : '', `${argument}.id`);
}

/** The key field `name` as a UUID in lower case; undefined where there is none. @throws BAD_USER_INPUT on what is no UUID */
export function uuidKey({ argument, fields }: Representation, name: string): string | undefined {
  const value = fields[name];
  if (value == null) return undefined;
  const uuid = typeof value === 'string' ? value.toLowerCase() : '';
  if (UUID.test(uuid)) return uuid;
  throw badUserInput(`${argument}.${name} must be a UUID.`, `${argument}.${name}`);
}

/** What to throw where a representation holds none of its entity's keys. */
export function missingKey({ argument }: Representation, ...keys: readonly string[]): Error {
  return badUserInput(`${argument} must hold ${keys.join(' or ')}.`, argument);
}
