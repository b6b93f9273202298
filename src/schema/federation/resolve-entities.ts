import type { GraphQLResolveInfo } from 'graphql';
import { badUserInput } from '../../errors/gateway-error.js';
import { isDecoded, type ShapeName } from '../../records/decode.js';
import { resolveCustomerReference } from '../customer/customer.reference.js';
import type { RequestContext } from '../shared/request-context.js';
import { selectedFieldsOn } from '../shared/selection.js';
import { resolveWebhookReference } from '../webhook/webhook.reference.js';
import type { EntityReference } from './entity-reference.js';
import { toRepresentation, type Representation } from './representation.js';
import { hasScopes, lackOf } from './require-scopes.js';
import { SCOPES } from '../policies.js';

/** Every type with a `@key`, named as the upstream names its records, and how a router's reference to it is resolved. */
export const ENTITIES: ReadonlyMap<ShapeName, EntityReference> = new Map([
  ['Customer', resolveCustomerReference],
  ['Webhook', resolveWebhookReference],
]);

const PLANS = new Map([...ENTITIES].map(([name, resolve]) => [name, { resolve, selectedOf: selectedFieldsOn(name) }]));

/** The type of an entity: a record tells by what it was decoded as, what a key alone answers by its `__typename`. */
export function entityTypeOf(entity: object): string | undefined {
  if ('__typename' in entity) return String(entity.__typename);
  return [...ENTITIES.keys()].find((name) => isDecoded(name, entity));
}

function entityName({ argument, fields }: Representation): ShapeName {
  const names = [...ENTITIES.keys()];
  const name = names.find((known) => known === fields['__typename']);
  if (name !== undefined) return name;
  throw badUserInput(`${argument}.__typename must be ${names.join(' or ')}.`, `${argument}.__typename`);
}

/**
 * Resolver of `_entities`: one promise for each representation, in their order, so that one that fails spares the others
 * and all of them meet in one batch of the loaders.
 */
export function resolveEntities(
  _root: unknown,
  { representations }: { representations: readonly unknown[] },
  { loaders, freshness, scopes }: RequestContext,
  info: GraphQLResolveInfo,
): Promise<object | null>[] {
  const refused = new Set<string>();
  return representations.map(async (value, index) => {
    const representation = toRepresentation(value, `representations.${index}`);
    const __typename = entityName(representation);
    const needed = SCOPES[__typename];
    if (needed && !hasScopes(scopes, [needed])) {
      // One error for a type, however many of its entities are asked for.
      if (refused.has(__typename)) return null;
      refused.add(__typename);
      throw lackOf([needed]);
    }
    const plan = PLANS.get(__typename);
    const entity = await plan?.resolve(representation, plan.selectedOf(info), loaders);
    freshness.place({ prev: info.path, key: index, typename: undefined }, entity);
    return entity ?? null;
  });
}
