import type { Customer, KeyValue, RoleName, User } from '../store/model.js';
import { REFERENCE_INSTANT, seedInstant, type SeedContext } from './customer-seed.js';
import { createRandom, type Random } from '../random.js';

const ADMIN_ROLES: readonly RoleName[] = ['CONFIG_MANAGER', 'USER_MANAGER', 'GROUP_MANAGER', 'ROOM_MANAGER', 'USER'];
const MANAGER_ROLES = [
  'USER_MANAGER',
  'GROUP_MANAGER',
  'ROOM_MANAGER',
  'LOG_AUDITOR',
  'NONMEMBER_VIEWER',
] as const satisfies readonly RoleName[];
const USERS_PER_CUSTOMER = 100;

/**
 * The users of the `ordinal`-th customer, as many as the customer counts: internal users first, then guests. Every user
 * name ends in the customer's number, which is how `ordinalOfUserName` finds the way back without making all users.
 */
export function seedUsers(context: SeedContext, ordinal: number, customer: Customer): User[] {
  const random = createRandom(context.seed, context.provider, 'users', ordinal);
  const taken = new Set<string>();
  return Array.from({ length: customer.internalUsers + customer.guestUsers }, (_, index) => {
    const isGuest = index >= customer.internalUsers;
    const firstName = random.pick(context.names.firstNames);
    const lastName = random.pick(context.names.lastNames);
    const mailHost = `${isGuest ? 'partner' : 'kunde'}-${String(ordinal)}.${context.domain}`;
    const userName = toUniqueUserName(`${toMailName(firstName)}.${toMailName(lastName)}`, mailHost, taken);
    const createdAt = seedInstant(random, customer.createdAt, REFERENCE_INSTANT);
    return {
      id: BigInt(ordinal * USERS_PER_CUSTOMER + index + 1),
      userName,
      firstName,
      lastName,
      email: random.chance(0.95) ? userName : undefined,
      phone: random.chance(0.4)
        ? `+49 ${String(random.integer(30, 999))} ${String(random.integer(100_000, 9_999_999))}`
        : undefined,
      title: random.chance(0.15) ? random.pick(['Dr.', 'Prof.', 'Head of IT', 'Sales']) : undefined,
      gender: random.pick(['m', 'f', 'n']),
      avatarUuid: random.uuid(),
      lockStatus: random.pickWeighted([
        [2, 85],
        [1, 8],
        [0, 7],
      ]),
      isEncryptionEnabled: random.chance(0.3),
      homeRoomId: !isGuest && random.chance(0.5) ? BigInt(random.integer(1_000, 9_999_999)) : undefined,
      createdAt,
      lastLoginSuccessAt: random.chance(0.8) ? seedInstant(random, createdAt, REFERENCE_INSTANT) : undefined,
      expireAt: isGuest || random.chance(0.05) ? REFERENCE_INSTANT + random.integer(1, 720) * 86_400_000 : undefined,
      ...seedRoles(random, index === 0, isGuest),
      attributes: seedUserAttributes(random),
      hasManageableRooms: index === 0 || random.chance(0.2),
    };
  });
}

/** The ordinal of the only seeded customer which can have a user of this name. */
export function ordinalOfUserName(context: SeedContext, userName: string): number | undefined {
  const [, digits, domain] = /-(\d{1,9})\.(\w+)$/.exec(userName) ?? [];
  return domain === context.domain ? Number(digits) : undefined;
}

function seedRoles(random: Random, isAdmin: boolean, isGuest: boolean): Pick<User, 'directRoles' | 'groupRoles'> {
  if (isGuest) return { directRoles: ['GUEST_USER'], groupRoles: [] };
  if (isAdmin) return { directRoles: ADMIN_ROLES, groupRoles: [] };
  return {
    directRoles: random.chance(0.2) ? [random.pick(MANAGER_ROLES), 'USER'] : ['USER'],
    groupRoles: random.chance(0.2) ? [random.pick(['CONFIG_MANAGER', 'LOG_AUDITOR'])] : [],
  };
}

function seedUserAttributes(random: Random): KeyValue[] {
  if (!random.chance(0.5)) return [];
  return [
    { key: 'department', value: random.pick(['IT', 'Vertrieb', 'Einkauf', 'Finanzen']) },
    { key: 'personnelNumber', value: String(random.integer(1_000, 99_999)) },
  ];
}

function toUniqueUserName(name: string, mailHost: string, taken: Set<string>): string {
  let candidate = `${name}@${mailHost}`;
  for (let suffix = 2; taken.has(candidate); suffix += 1) candidate = `${name}${String(suffix)}@${mailHost}`;
  taken.add(candidate);
  return candidate;
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ä/g, 'ae'],
  [/ö|ø/g, 'oe'],
  [/ü/g, 'ue'],
  [/ß/g, 'ss'],
  [/å/g, 'aa'],
];

function toMailName(name: string): string {
  const spelled = SPELLINGS.reduce((text, [letter, spelling]) => text.replace(letter, spelling), name.toLowerCase());
  return spelled.normalize('NFD').replace(/[^a-z]/g, '');
}
