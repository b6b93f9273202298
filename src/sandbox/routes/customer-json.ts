import { toUtc, type DateWriter } from '../http/dates.js';
import { JsonText, writeJson, type Json, type JsonObject } from '../http/json.js';
import { usersUsed } from '../query/customer-query.js';
import type { Customer, KeyValue } from '../store/model.js';

const written = new WeakMap<Customer, JsonText>();

/**
 * The API's Customer; `attributes` only where the caller asked for them. Without them, and with dates in UTC, which is
 * what lists are made of, each record is written once: it never changes.
 */
export function toCustomerJson(
  customer: Customer,
  writeDate: DateWriter,
  attributes: readonly KeyValue[] | undefined,
): Json {
  if (attributes !== undefined || writeDate !== toUtc) return toFullJson(customer, writeDate, attributes);
  const known = written.get(customer) ?? new JsonText(writeJson(toFullJson(customer, writeDate, undefined)));
  written.set(customer, known);
  return known;
}

function toFullJson(customer: Customer, writeDate: DateWriter, attributes: readonly KeyValue[] | undefined): Json {
  return {
    ...sharedMembers(customer, writeDate, attributes),
    cntGuestUser: customer.guestUsers,
    cntInternalUser: customer.internalUsers,
    lastLoginAt: customer.lastLoginAt === undefined ? undefined : writeDate(customer.lastLoginAt),
    quotaUsed: customer.quotaUsed,
    trialDaysLeft: customer.trialDays,
    updatedAt: customer.updatedAt === undefined ? undefined : writeDate(customer.updatedAt),
    userUsed: usersUsed(customer),
  };
}

/** The API's UpdateCustomerResponse: no usage figures, and `trialDays` in the place of `trialDaysLeft`. */
export function toUpdatedCustomerJson(customer: Customer, writeDate: DateWriter): Json {
  return {
    ...sharedMembers(customer, writeDate, undefined),
    trialDays: customer.trialDays,
    updatedAt: customer.updatedAt === undefined ? undefined : writeDate(customer.updatedAt),
  };
}

/** The API's NewCustomerResponse. */
export function toNewCustomerJson(
  customer: Customer,
  writeDate: DateWriter,
  attributes: readonly KeyValue[],
  firstAdminUser: Json,
): Json {
  return { ...sharedMembers(customer, writeDate, attributes), trialDays: customer.trialDays, firstAdminUser };
}

function sharedMembers(
  customer: Customer,
  writeDate: DateWriter,
  attributes: readonly KeyValue[] | undefined,
): JsonObject {
  return {
    id: customer.id,
    customerUuid: customer.customerUuid,
    companyName: customer.companyName,
    customerContractType: customer.contractType,
    providerCustomerId: customer.providerCustomerId,
    activationCode: customer.activationCode,
    quotaMax: customer.quotaMax,
    userMax: customer.userMax,
    webhooksMax: customer.webhooksMax,
    isLocked: customer.isLocked,
    lockStatus: customer.isLocked,
    createdAt: writeDate(customer.createdAt),
    customerAttributes: attributes === undefined ? undefined : { items: attributes },
  };
}
