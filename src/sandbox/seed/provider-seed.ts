import { CustomerStore } from '../store/customer-store.js';
import type { Actor } from '../store/model.js';
import type { Provider } from '../store/provider.js';
import { WebhookStore } from '../store/webhook-store.js';
import { seedAttributes } from './attribute-seed.js';
import { seedCustomer, type SeedContext } from './customer-seed.js';
import { createRandom } from '../random.js';
import { ordinalOfUserName, seedUsers } from './user-seed.js';
import { seedWebhooks } from './webhook-seed.js';

/** The ids of the last two customers of a big enough provider: beyond what a double can hold. */
export const GIANT_IDS = [9_007_199_254_740_993n, 9_223_372_036_854_775_807n] as const;

export interface ProviderSize {
  readonly customers: number;
  readonly webhooks: number;
  /** Whether the last two customers have GIANT_IDS instead of the next small numbers. */
  readonly giantIds: boolean;
}

/** Fills a provider's stores. Customers are made now, their attributes and users when someone looks at them. */
export function seedProvider(context: SeedContext, size: ProviderSize): Provider {
  const smallIds = size.giantIds ? size.customers - GIANT_IDS.length : size.customers;
  const toId = (ordinal: number): bigint => GIANT_IDS[ordinal - smallIds - 1] ?? BigInt(ordinal);
  const toOrdinal = (id: bigint): number => {
    const giant = GIANT_IDS.findIndex((giantId) => giantId === id);
    return giant < 0 ? Number(id) : smallIds + giant + 1;
  };
  const actor = seedActor(context);

  return {
    actor,
    webhooks: new WebhookStore(seedWebhooks(context, size.webhooks, actor)),
    customers: new CustomerStore({
      customers: Array.from({ length: size.customers }, (_, index) =>
        seedCustomer(context, index + 1, toId(index + 1)),
      ),
      nextId: BigInt(size.customers + 1),
      attributesOf: (id) => seedAttributes(context, toOrdinal(id)),
      usersOf: (id) => seedUsers(context, toOrdinal(id), seedCustomer(context, toOrdinal(id), id)),
      customerOfUserName: (userName) => {
        const ordinal = ordinalOfUserName(context, userName);
        return ordinal === undefined ? undefined : toId(ordinal);
      },
    }),
  };
}

function seedActor(context: SeedContext): Actor {
  const random = createRandom(context.seed, context.provider, 'actor');
  return {
    id: 1n,
    userType: 'internal',
    userName: `provisioning@provider.${context.domain}`,
    firstName: random.pick(context.names.firstNames),
    lastName: random.pick(context.names.lastNames),
    email: `provisioning@provider.${context.domain}`,
    avatarUuid: random.uuid(),
  };
}
