import { ROLE_NAMES, type User } from '../store/model.js';
import { compileFilter, parseFilter, type FilterFields } from './filter.js';
import { booleanField, choiceField, dateField, textField } from './filter-fields.js';
import { sortRecords, type SortFields } from './sort.js';

const isLocked = (user: User): boolean => user.lockStatus === 0;

const always = (): boolean => true;

const rolesOf = (user: User, effective: boolean): readonly string[] =>
  effective ? [...user.directRoles, ...user.groupRoles] : user.directRoles;

/** Filterable fields of requestCustomerUsers; with `effectiveRoles`, hasRole also counts roles held through groups. */
export function createUserFilterFields(effectiveRoles: boolean): FilterFields<User> {
  return {
    email: textField((user) => user.email, ['eq', 'cn']),
    userName: textField((user) => user.userName, ['eq', 'cn']),
    firstName: { ...textField((user) => user.firstName, ['cn']), group: 'or' },
    lastName: { ...textField((user) => user.lastName, ['cn']), group: 'or' },
    isLocked: booleanField(isLocked),
    // Selects nothing by itself: it says which roles hasRole looks at.
    effectiveRoles: choiceField(always, ['true', 'false']),
    createdAt: dateField((user) => user.createdAt, ['ge', 'le']),
    phone: textField((user) => user.phone, ['eq']),
    isEncryptionEnabled: booleanField((user) => user.isEncryptionEnabled),
    hasRole: choiceField((user, role) => rolesOf(user, effectiveRoles).includes(role), ROLE_NAMES, ['eq', 'neq']),
    lockStatus: choiceField((user, status) => String(user.lockStatus) === status, ['0', '1', '2']),
    login: { ...textField((user) => user.userName, ['cn']), group: 'or' },
  };
}

/** Sortable fields of requestCustomerUsers. */
export const USER_SORT_FIELDS: SortFields<User> = {
  userName: (user) => user.userName,
  email: (user) => user.email,
  firstName: (user) => user.firstName,
  lastName: (user) => user.lastName,
  isLocked,
  lastLoginSuccessAt: (user) => user.lastLoginSuccessAt,
  expireAt: (user) => user.expireAt,
  createdAt: (user) => user.createdAt,
  gender: (user) => user.gender,
  lockStatus: (user) => user.lockStatus,
  login: (user) => user.userName,
};

/** The users which a filter and a sort select, in order. */
export function queryUsers(users: readonly User[], filter: string | null, sort: string | null): readonly User[] {
  let selected = users;
  if (filter !== null) {
    const terms = parseFilter(filter);
    const effective = terms.some((term) => term.field === 'effectiveRoles' && term.values[0] === 'true');
    selected = users.filter(compileFilter(terms, createUserFilterFields(effective)));
  }
  return sort === null ? selected : sortRecords(selected, sort, USER_SORT_FIELDS);
}
