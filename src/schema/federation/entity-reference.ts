import type { Loaders } from '../../loaders/create-loaders.js';
import type { Representation } from './representation.js';

/**
 * Resolves a representation of one entity type to the entity, null if there is none, reading no more than `selected`
 * (names of the fields selected on the type) needs. What is no record names its type by `__typename`. @throws BAD_USER_INPUT on a malformed key, before any read
 */
export type EntityReference = (
  representation: Representation,
  selected: ReadonlySet<string>,
  loaders: Loaders,
) => Promise<object | null>;

/** Whether nothing beyond `known` is selected, so that the entity need not be read. */
export function isAnswered(selected: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  return [...selected].every((field) => known.has(field));
}
