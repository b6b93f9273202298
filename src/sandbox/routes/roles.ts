import type { Json } from '../http/json.js';
import { ROLE_NAMES, type RoleName } from '../store/model.js';

const ROLES: Readonly<Record<RoleName, { readonly description: string; readonly rights: readonly string[] }>> = {
  CONFIG_MANAGER: { description: 'Manages the configuration', rights: ['read global config', 'change global config'] },
  USER_MANAGER: { description: 'Manages users', rights: ['read all users', 'create user', 'delete user'] },
  GROUP_MANAGER: { description: 'Manages groups', rights: ['read all groups', 'create group', 'delete group'] },
  ROOM_MANAGER: { description: 'Manages top level rooms', rights: ['create room', 'delete room'] },
  LOG_AUDITOR: { description: 'Reads the audit log', rights: ['read logs'] },
  NONMEMBER_VIEWER: { description: 'May see users without common groups', rights: ['view nonmembers'] },
  USER: { description: 'Is a regular user', rights: [] },
  GUEST_USER: { description: 'Is a guest', rights: [] },
};

const RIGHT_NAMES = Object.values(ROLES).flatMap((role) => role.rights);

/** The API's RoleList; ids of roles and rights count from 1 in the order of the tables. */
export function toRoleListJson(names: readonly RoleName[]): Json {
  return {
    items: names.map((name) => ({
      id: ROLE_NAMES.indexOf(name) + 1,
      name,
      description: ROLES[name].description,
      items: ROLES[name].rights.map((right) => ({
        id: RIGHT_NAMES.indexOf(right) + 1,
        name: right,
        description: `Allows to ${right}`,
      })),
    })),
  };
}
