import { TENANT_EVENT_NAMES } from '../store/event-types.js';
import type { Actor, Webhook } from '../store/model.js';
import { REFERENCE_INSTANT, seedInstant, type SeedContext } from './customer-seed.js';
import { createRandom } from '../random.js';

const DAY_MS = 86_400_000;

/** The provider's webhooks, with ids from 1. One in six was disabled after failed deliveries, some by hand. */
export function seedWebhooks(context: SeedContext, count: number, actor: Actor): Webhook[] {
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(context.seed, context.provider, 'webhook', index + 1);
    const hasFailed = index % 6 === 4;
    const createdAt = seedInstant(random, REFERENCE_INSTANT - 300 * DAY_MS, REFERENCE_INSTANT);
    const system = random.pick(['CRM', 'Billing', 'Monitoring', 'Ticketing', 'Data warehouse', 'Onboarding']);
    return {
      id: BigInt(index + 1),
      name: `${system} ${random.pick(context.names.cities)}`,
      url: `https://hooks-${String(index + 1)}.${context.domain}/${system.toLowerCase().replace(' ', '-')}`,
      secret: random.chance(0.8) ? random.hex(32) : undefined,
      isEnabled: !hasFailed && random.chance(0.9),
      failStatus: hasFailed ? random.pick([404, 410, 500, 503]) : undefined,
      eventTypeNames: TENANT_EVENT_NAMES.filter((_name, position) => position === index % 3 || random.chance(0.4)),
      createdAt,
      createdBy: actor,
      updatedAt: seedInstant(random, createdAt, REFERENCE_INSTANT),
      updatedBy: actor,
      expireAt: createdAt + 365 * DAY_MS,
    };
  });
}
