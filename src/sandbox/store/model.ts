/**
 * What the sandbox keeps. Records are never changed in place: a write puts a new record in the old one's stead.
 * Ids and quotas are bigint (int64), instants are milliseconds since 1970, and `undefined` means the API leaves it out.
 */

export const CONTRACT_TYPES = ['demo', 'free', 'pay'] as const;
export type ContractType = (typeof CONTRACT_TYPES)[number];

export type KeyValue = { readonly key: string; readonly value: string };

export interface Customer {
  readonly id: bigint;
  readonly customerUuid: string;
  readonly companyName: string;
  readonly contractType: ContractType;
  readonly providerCustomerId: string | undefined;
  readonly activationCode: string | undefined;
  readonly trialDays: number | undefined;
  readonly quotaMax: bigint;
  readonly quotaUsed: bigint;
  readonly userMax: number;
  readonly internalUsers: number;
  readonly guestUsers: number;
  readonly isLocked: boolean;
  readonly webhooksMax: bigint | undefined;
  readonly createdAt: number;
  readonly updatedAt: number | undefined;
  readonly lastLoginAt: number | undefined;
}

/** quotaMax of a customer without a storage limit. */
export const UNLIMITED_QUOTA = -1n;

export const ROLE_NAMES = [
  'CONFIG_MANAGER',
  'USER_MANAGER',
  'GROUP_MANAGER',
  'ROOM_MANAGER',
  'LOG_AUDITOR',
  'NONMEMBER_VIEWER',
  'USER',
  'GUEST_USER',
] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

export interface User {
  readonly id: bigint;
  /** Also the deprecated `login`. */
  readonly userName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly title: string | undefined;
  readonly gender: string;
  readonly avatarUuid: string;
  /** 0 locked, 1 web access, 2 web and mobile access. */
  readonly lockStatus: 0 | 1 | 2;
  readonly isEncryptionEnabled: boolean;
  readonly homeRoomId: bigint | undefined;
  readonly createdAt: number;
  readonly lastLoginSuccessAt: number | undefined;
  readonly expireAt: number | undefined;
  readonly directRoles: readonly RoleName[];
  /** Roles held through groups only. */
  readonly groupRoles: readonly RoleName[];
  readonly attributes: readonly KeyValue[];
  readonly hasManageableRooms: boolean;
}

/** The person or system behind a change, as the API's UserInfo shows it. */
export type Actor = {
  readonly id: bigint;
  readonly userType: 'system' | 'internal';
  readonly userName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly avatarUuid: string;
};

export interface Webhook {
  readonly id: bigint;
  readonly name: string;
  readonly url: string;
  readonly secret: string | undefined;
  readonly isEnabled: boolean;
  readonly failStatus: number | undefined;
  readonly eventTypeNames: readonly string[];
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly updatedAt: number;
  readonly updatedBy: Actor;
  readonly expireAt: number;
}
