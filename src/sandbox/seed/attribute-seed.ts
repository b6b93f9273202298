import type { KeyValue } from '../store/model.js';
import type { SeedContext } from './customer-seed.js';
import { createRandom, type Random } from '../random.js';

const CUSTOMER_ATTRIBUTES: readonly (readonly [
  key: string,
  value: (random: Random, context: SeedContext) => string,
])[] = [
  ['costCenter', (random) => String(random.integer(1_000, 9_999))],
  ['region', (random) => random.pick(['north', 'south', 'east', 'west', 'DACH', 'Benelux'])],
  ['crm-id', (random) => `CRM-${random.hex(8)}`],
  ['account_manager', (random, { names }) => `${random.pick(names.firstNames)} ${random.pick(names.lastNames)}`],
  ['city', (random, { names }) => random.pick(names.cities)],
  ['supportLevel', (random) => random.pick(['bronze', 'silver', 'gold'])],
];

/** The attributes of the `ordinal`-th customer: none to six, each with a probability of a half. */
export function seedAttributes(context: SeedContext, ordinal: number): KeyValue[] {
  const random = createRandom(context.seed, context.provider, 'attributes', ordinal);
  return CUSTOMER_ATTRIBUTES.filter(() => random.chance(0.5)).map(([key, value]) => ({
    key,
    value: value(random, context),
  }));
}
