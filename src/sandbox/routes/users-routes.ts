import type { DateWriter } from '../http/dates.js';
import type { Json } from '../http/json.js';
import type { Answer, ProviderRequest, Route } from '../http/route.js';
import { readRange, toPage } from '../query/paging.js';
import { queryUsers } from '../query/user-query.js';
import type { SandboxSettings } from '../settings.js';
import type { User } from '../store/model.js';
import { findCustomer } from './find-customer.js';
import { toRoleListJson } from './roles.js';

/** What the API's UserItem carries only when the caller asks for it. */
interface Inclusions {
  readonly attributes: boolean;
  readonly roles: boolean;
  readonly manageableRooms: boolean;
}

export function createUsersRoutes(settings: SandboxSettings): Route[] {
  return [
    {
      operationId: 'requestCustomerUsers',
      method: 'GET',
      path: '/v4/provisioning/customers/{customer_id}/users',
      access: 'provider',
      handle: (request: ProviderRequest) => listUsers(request, settings),
    },
  ];
}

function listUsers(request: ProviderRequest, settings: SandboxSettings): Answer {
  const { provider, query, writeDate } = request;
  const customer = findCustomer(request);
  const range = readRange(query, settings);
  const inclusions: Inclusions = {
    attributes: query.get('include_attributes') === 'true',
    roles: query.get('include_roles') === 'true',
    manageableRooms: query.get('include_manageable_rooms') === 'true',
  };
  const selected = queryUsers(provider.customers.usersOf(customer.id), query.get('filter'), query.get('sort'));
  return { status: 200, body: toPage(selected, range, (user) => toUserJson(user, writeDate, inclusions)) };
}

/** The API's UserItem. `userRoles` shows the roles granted directly, whatever `effectiveRoles` selected by. */
function toUserJson(user: User, writeDate: DateWriter, inclusions: Inclusions): Json {
  const optionalDate = (instant: number | undefined): string | number | undefined =>
    instant === undefined ? undefined : writeDate(instant);
  return {
    id: user.id,
    userName: user.userName,
    login: user.userName,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    phone: user.phone,
    title: user.title,
    gender: user.gender,
    avatarUuid: user.avatarUuid,
    isLocked: user.lockStatus === 0,
    lockStatus: user.lockStatus,
    isEncryptionEnabled: user.isEncryptionEnabled,
    homeRoomId: user.homeRoomId,
    createdAt: writeDate(user.createdAt),
    lastLoginSuccessAt: optionalDate(user.lastLoginSuccessAt),
    expireAt: optionalDate(user.expireAt),
    userAttributes: inclusions.attributes ? { items: user.attributes } : undefined,
    userRoles: inclusions.roles ? toRoleListJson(user.directRoles) : undefined,
    hasManageableRooms: inclusions.manageableRooms ? user.hasManageableRooms : undefined,
  };
}
