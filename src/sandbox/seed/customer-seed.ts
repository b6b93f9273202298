import { type ContractType, type Customer, UNLIMITED_QUOTA } from '../store/model.js';
import type { NamePool } from './names/name-pool.js';
import { createRandom, type Random } from '../random.js';

/** No seeded instant lies after this one, so that the seed is the same on every day. */
export const REFERENCE_INSTANT = Date.UTC(2026, 0, 1);

const DAY_MS = 86_400_000;
const OLDEST_AGE_DAYS = 6 * 365;
/** As many customers are created in the first half of the time. */
const HALF_TIME_ORDINAL = 60;
const GIB = 1_073_741_824n;

/** Quotas which a double cannot hold; every PECULIAR_QUOTA_STEP-th customer has one of them. */
const PECULIAR_QUOTAS = [9_007_199_254_740_993n, 9_223_372_036_854_775_807n, 36_028_797_018_963_971n] as const;
const PECULIAR_QUOTA_STEP = 397;
/** Every PECULIAR_NAME_STEP-th of the first customers has one of the peculiar names, each of them once. */
const PECULIAR_NAME_STEP = 31;

const CONTRACT_TYPE_WEIGHTS = [
  ['pay', 70],
  ['free', 18],
  ['demo', 12],
] as const;
const QUOTA_GIB = [1n, 5n, 10n, 50n, 100n, 250n, 500n, 1_000n, 2_500n, 10_000n, 50_000n] as const;
const USER_LIMITS = [5, 10, 25, 50, 100, 250, 1_000];

export interface SeedContext {
  readonly seed: number;
  /** Keeps one provider's data apart from another's. */
  readonly provider: string;
  readonly names: NamePool;
  /** Top-level domain of mail addresses. */
  readonly domain: string;
}

/**
 * The `ordinal`-th customer (from 1) of a provider, the same every time. Its user counts say how many users
 * `seedUsers` makes for it.
 */
export function seedCustomer(context: SeedContext, ordinal: number, id: bigint): Customer {
  const random = createRandom(context.seed, context.provider, 'customer', ordinal);
  const contractType: ContractType = random.pickWeighted(CONTRACT_TYPE_WEIGHTS);
  const totalUsers = random.chance(0.04) ? 0 : 1 + Math.floor(random.next() ** 2 * 40);
  const guestUsers = Math.floor(totalUsers * random.next() * 0.3);
  const quotaMax = seedQuotaMax(random, ordinal);
  const createdAt = seedInstant(random, slotOf(ordinal - 1), slotOf(ordinal));
  return {
    id,
    customerUuid: random.uuid(),
    companyName: seedCompanyName(random, context.names, ordinal),
    contractType,
    providerCustomerId: random.chance(0.75) ? `C-${String(10_000 + ordinal)}` : undefined,
    activationCode: contractType === 'pay' ? undefined : random.hex(20).toUpperCase(),
    trialDays: contractType === 'demo' ? random.integer(0, 30) : undefined,
    quotaMax,
    quotaUsed: totalUsers === 0 ? 0n : seedQuotaUsed(random, quotaMax),
    userMax: USER_LIMITS.find((limit) => limit >= totalUsers * (1 + random.next() * 2)) ?? 1_000,
    internalUsers: totalUsers - guestUsers,
    guestUsers,
    isLocked: random.chance(0.04),
    webhooksMax: random.chance(0.6) ? BigInt(random.pick([5, 10, 20, 50])) : undefined,
    createdAt,
    updatedAt: random.chance(0.7) ? seedInstant(random, createdAt, REFERENCE_INSTANT) : undefined,
    lastLoginAt: totalUsers > 0 && random.chance(0.85) ? seedInstant(random, createdAt, REFERENCE_INSTANT) : undefined,
  };
}

/** Customers are created in the order of their ids, ever more of them a day. */
const slotOf = (ordinal: number): number =>
  REFERENCE_INSTANT -
  OLDEST_AGE_DAYS * DAY_MS +
  ((OLDEST_AGE_DAYS - 1) * DAY_MS * ordinal) / (ordinal + HALF_TIME_ORDINAL);

/** An instant between two others; one in five carries milliseconds, the others are whole seconds. */
export function seedInstant(random: Random, from: number, to: number): number {
  const instant = from + Math.floor(random.next() * (to - from));
  return random.chance(0.2) ? instant : Math.max(from, instant - (instant % 1_000));
}

function seedCompanyName(random: Random, names: NamePool, ordinal: number): string {
  const peculiar =
    ordinal % PECULIAR_NAME_STEP === 0 ? names.peculiarCompanies[ordinal / PECULIAR_NAME_STEP - 1] : undefined;
  if (peculiar !== undefined) return peculiar;
  if (random.chance(0.12)) return random.pick(names.civicCompanies).replace('{city}', random.pick(names.cities));
  const place = random.chance(0.3) ? ` ${random.pick(names.cities)}` : '';
  return `${random.pick(names.brands)} ${random.pick(names.trades)}${place} ${random.pick(names.legalForms)}`;
}

function seedQuotaMax(random: Random, ordinal: number): bigint {
  if (ordinal % PECULIAR_QUOTA_STEP === 0) {
    return PECULIAR_QUOTAS[(ordinal / PECULIAR_QUOTA_STEP - 1) % PECULIAR_QUOTAS.length] ?? PECULIAR_QUOTAS[0];
  }
  return random.chance(0.05) ? UNLIMITED_QUOTA : random.pick(QUOTA_GIB) * GIB;
}

function seedQuotaUsed(random: Random, quotaMax: bigint): bigint {
  const limit = quotaMax === UNLIMITED_QUOTA ? 20_000n * GIB : quotaMax;
  const millionths = random.chance(0.1) ? random.integer(900_000, 1_000_000) : random.integer(0, 900_000);
  return (limit * BigInt(millionths)) / 1_000_000n;
}
