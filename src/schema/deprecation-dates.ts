/** When an element of the schema was deprecated and, once that is decided, when it goes: days, from 00:00 UTC. */
export interface DeprecationDates {
  since: string;
  sunset?: string;
}

/** The day on which this schema was first described: what had no future with DRACOON was deprecated from the start. */
const FROM_THE_START: DeprecationDates = { since: '2026-11-23' };

/**
 * Schema coordinate → dates, for every deprecated element. Why it is deprecated, and what to use, stands at the element
 * itself, in its `deprecationReason`.
 */
export const DEPRECATION_DATES: Readonly<Record<string, DeprecationDates>> = {
  'Customer.activationCode': FROM_THE_START,
  'Customer.lockStatus': FROM_THE_START,
  'User.gender': FROM_THE_START,
  'User.hasManageableRooms': FROM_THE_START,
  'User.lockStatus': FROM_THE_START,
  'User.login': FROM_THE_START,
  'User.title': FROM_THE_START,
  'User.userAttributes': FROM_THE_START,
  'UserInfo.displayName': FROM_THE_START,
  'UserInfo.title': FROM_THE_START,
  'CustomerFilter.activationCode': FROM_THE_START,
  'CustomerFilter.lockStatus': FROM_THE_START,
  'CustomerOrderField.LOCK_STATUS': FROM_THE_START,
  'UserFilter.lockStatus': FROM_THE_START,
  'UserFilter.login': FROM_THE_START,
  'UserOrderField.GENDER': FROM_THE_START,
  'UserOrderField.LOCK_STATUS': FROM_THE_START,
  'UserOrderField.LOGIN': FROM_THE_START,
  'Mutation.setCustomerAttributes': FROM_THE_START,
  'CreateCustomerInput.activationCode': FROM_THE_START,
  'CreateCustomerInput.lockStatus': FROM_THE_START,
  'UpdateCustomerInput.lockStatus': FROM_THE_START,
  'FirstAdminUserInput.authMethods': FROM_THE_START,
  'FirstAdminUserInput.gender': FROM_THE_START,
  'FirstAdminUserInput.language': FROM_THE_START,
  'FirstAdminUserInput.login': FROM_THE_START,
  'FirstAdminUserInput.needsToChangePassword': FROM_THE_START,
  'FirstAdminUserInput.needsToChangeUserName': FROM_THE_START,
  'FirstAdminUserInput.password': FROM_THE_START,
  'FirstAdminUserInput.title': FROM_THE_START,
};
