import { randomBytes, randomUUID } from 'node:crypto';
import { ApiFailure } from '../http/errors.js';
import type { Json } from '../http/json.js';
import type { ProviderRequest } from '../http/route.js';
import type { SandboxSettings } from '../settings.js';
import type { Customer, User } from '../store/model.js';
import { readAttributes } from '../validation/attributes.js';
import { mandatory, readBody } from '../validation/body-reader.js';
import { readCustomerFields } from '../validation/customer-fields.js';
import { readFirstAdmin, type FirstAdmin } from '../validation/first-admin.js';
import { toNewCustomerJson } from './customer-json.js';

const DEFAULT_TRIAL_DAYS = 30;
/** Seeded users have at most 100 ids per customer, so those of a created customer start at a hundred times its id. */
const USER_IDS_PER_CUSTOMER = 100n;

/** createCustomer: checks the whole request, then adds the customer and its first admin. Not idempotent, like the API. */
export function createCustomer(request: ProviderRequest, settings: SandboxSettings): Json {
  const { customers } = request.provider;
  const body = readBody(request.body);
  const fields = readCustomerFields(body);
  const quotaMax = mandatory(fields.quotaMax, 'quotaMax');
  const userMax = mandatory(fields.userMax, 'userMax');
  const isTaken = (name: string): boolean => customers.ownerOfUserName(name) !== undefined;
  const admin = readFirstAdmin(mandatory(body.object('firstAdminUser'), 'firstAdminUser'), isTaken);
  const attributesBody = body.object('customerAttributes');
  const attributes = attributesBody === undefined ? [] : readAttributes(attributesBody);
  const activationCode = body.text('activationCode');
  const trialDays = body.count('trialDays');
  if (customers.all().length >= settings.licensedCustomers) throw new ApiFailure('licenseExhausted');

  const createdAt = settings.now().getTime();
  const { contractType } = fields;
  const customer: Customer = {
    id: customers.takeId(),
    customerUuid: randomUUID(),
    companyName: fields.companyName ?? toDefaultCompanyName(admin),
    contractType,
    providerCustomerId: fields.providerCustomerId,
    activationCode:
      contractType === 'pay' ? undefined : (activationCode ?? randomBytes(10).toString('hex').toUpperCase()),
    trialDays: contractType === 'demo' ? (trialDays ?? DEFAULT_TRIAL_DAYS) : undefined,
    quotaMax,
    quotaUsed: 0n,
    userMax,
    internalUsers: 1,
    guestUsers: 0,
    isLocked: fields.isLocked ?? false,
    webhooksMax: fields.webhooksMax,
    createdAt,
    updatedAt: undefined,
    lastLoginAt: undefined,
  };
  customers.insert(customer, attributes, [toUser(admin, customer)]);
  return toNewCustomerJson(customer, request.writeDate, attributes, admin.answer);
}

function toDefaultCompanyName({ firstName, lastName }: FirstAdmin): string {
  return `${String.fromCodePoint(firstName.codePointAt(0) ?? 0)}.${lastName}`;
}

function toUser(admin: FirstAdmin, customer: Customer): User {
  return {
    id: customer.id * USER_IDS_PER_CUSTOMER + 1n,
    userName: admin.userName,
    firstName: admin.firstName,
    lastName: admin.lastName,
    email: admin.email,
    phone: admin.phone,
    title: admin.title,
    gender: admin.gender,
    avatarUuid: randomUUID(),
    lockStatus: 2,
    isEncryptionEnabled: false,
    homeRoomId: undefined,
    createdAt: customer.createdAt,
    lastLoginSuccessAt: undefined,
    expireAt: undefined,
    directRoles: ['CONFIG_MANAGER', 'USER_MANAGER', 'GROUP_MANAGER', 'ROOM_MANAGER', 'USER'],
    groupRoles: [],
    attributes: [],
    hasManageableRooms: false,
  };
}
