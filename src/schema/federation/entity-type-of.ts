import { isDecoded } from '../../upstream/decode.js';

/**
 * The GraphQL type of an entity: a record tells by the upstream's schema, whose name is the type's, and what a key alone
 * answers by its `__typename`.
 */
export function entityTypeOf(entity: object): string | undefined {
  if ('__typename' in entity) return String(entity.__typename);
  return (['Customer', 'Webhook'] as const).find((name) => isDecoded(name, entity));
}
