import { registerEnumType } from 'type-graphql';

export enum UserRole {
  CONFIG_MANAGER = 'CONFIG_MANAGER',
  USER_MANAGER = 'USER_MANAGER',
  GROUP_MANAGER = 'GROUP_MANAGER',
  ROOM_MANAGER = 'ROOM_MANAGER',
  LOG_AUDITOR = 'LOG_AUDITOR',
  NONMEMBER_VIEWER = 'NONMEMBER_VIEWER',
  USER = 'USER',
  GUEST_USER = 'GUEST_USER',
}

registerEnumType(UserRole, {
  name: 'UserRole',
  description: 'A role to look for among the roles of users.',
  valuesConfig: {
    CONFIG_MANAGER: { description: 'Manages the configuration.' },
    USER_MANAGER: { description: 'Manages users.' },
    GROUP_MANAGER: { description: 'Manages groups.' },
    ROOM_MANAGER: { description: 'Manages data rooms.' },
    LOG_AUDITOR: { description: 'Reads the audit log.' },
    NONMEMBER_VIEWER: { description: 'Sees data rooms without being a member of them.' },
    USER: { description: 'An ordinary user.' },
    GUEST_USER: { description: 'A guest.' },
  },
});
