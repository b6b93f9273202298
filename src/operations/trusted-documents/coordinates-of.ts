import { separateOperations, TypeInfo, visit, visitWithTypeInfo, type GraphQLSchema } from 'graphql';
import { SCOPES } from '../../schema/policies.js';
import type { ManifestOperation } from './manifest-operations.js';

/**
 * Schema coordinates of the fields that an operation selects, its fragments expanded:
 * `{ customer(id: 5) { id } }` → `Query.customer`, `Customer.id`.
 */
export function coordinatesOf(
  { document, definition }: Pick<ManifestOperation, 'document' | 'definition'>,
  schema: GraphQLSchema,
): readonly string[] {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const alone = separateOperations(document)[definition.name?.value ?? ''] ?? document;
  const visitor = visitWithTypeInfo(types, {
    Field: ({ name }) => void found.add(`${types.getParentType()?.name ?? ''}.${name.value}`),
  });
  visit(alone, visitor);
  return [...found];
}

/** Scopes of fields and of the types that have them: `Customer.activationCode` → `customers:read`, `secrets:read`. */
export function scopesOf(coordinates: readonly string[]): readonly string[] {
  const scopes = coordinates.flatMap((coordinate) => [SCOPES[coordinate], SCOPES[coordinate.split('.')[0] ?? '']]);
  return [...new Set(scopes.filter((scope) => scope !== undefined))].sort();
}
