import { FEW, FROM_THE_START, PLAIN, connectionPolicy, type FieldPolicies, type NounPolicy } from '../shared/policy.js';
import type { Right, Role, RoleList, User, UserAttributes } from './user.type.js';

/** What holds for the users of a customer, who are read by `Customer.users` alone. */
export const USER_POLICY: NounPolicy = {
  User: {
    fields: {
      id: PLAIN,
      userName: { firstVersion: '4.13.0' },
      firstName: PLAIN,
      lastName: PLAIN,
      email: PLAIN,
      phone: PLAIN,
      avatarUuid: { firstVersion: '4.11.0' },
      isLocked: PLAIN,
      lockStatus: FROM_THE_START,
      login: FROM_THE_START,
      gender: FROM_THE_START,
      title: FROM_THE_START,
      hasManageableRooms: FROM_THE_START,
      isEncryptionEnabled: PLAIN,
      homeRoomId: PLAIN,
      createdAt: PLAIN,
      expireAt: PLAIN,
      lastLoginSuccessAt: PLAIN,
      userRoles: PLAIN,
      userAttributes: FROM_THE_START,
    } satisfies FieldPolicies<User>,
  },
  RoleList: { fields: { items: { directives: FEW } } satisfies FieldPolicies<RoleList> },
  Role: {
    fields: {
      id: PLAIN,
      name: PLAIN,
      description: PLAIN,
      items: { directives: FEW },
    } satisfies FieldPolicies<Role>,
  },
  Right: { fields: { id: PLAIN, name: PLAIN, description: PLAIN } satisfies FieldPolicies<Right> },
  UserAttributes: { fields: { items: { directives: FEW } } satisfies FieldPolicies<UserAttributes> },
  ...connectionPolicy('User'),

  UserFilter: { fields: { lockStatus: FROM_THE_START, login: FROM_THE_START } },
  UserOrderField: { fields: { GENDER: FROM_THE_START, LOCK_STATUS: FROM_THE_START, LOGIN: FROM_THE_START } },
};
