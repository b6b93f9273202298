// Generated from openapi/provisioning.openapi.json by `npm run generate`. Do not edit.

import * as read from '../read-value.js';

const ENUM_1 = read.oneOf('demo', 'free', 'pay');
const ENUM_2 = read.oneOf('system', 'internal', 'external', 'deleted');

const AttributesResponse = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('AttributesResponse.items')
      : read.list(from['items'], 'AttributesResponse.items', (item, at) => read.object(item, at, KeyValueEntry)),
  range:
    from['range'] == null
      ? read.missing('AttributesResponse.range')
      : read.object(from['range'], 'AttributesResponse.range', Range),
});

const AuthMethod = (from: read.Source): object => ({
  isEnabled:
    from['isEnabled'] == null
      ? read.missing('AuthMethod.isEnabled')
      : read.boolean(from['isEnabled'], 'AuthMethod.isEnabled'),
  name: from['name'] == null ? read.missing('AuthMethod.name') : read.string(from['name'], 'AuthMethod.name'),
  priority:
    from['priority'] == null
      ? read.missing('AuthMethod.priority')
      : read.int32(from['priority'], 'AuthMethod.priority'),
});

const Customer = (from: read.Source): object => ({
  activationCode:
    from['activationCode'] == null ? null : read.string(from['activationCode'], 'Customer.activationCode'),
  cntGuestUser:
    from['cntGuestUser'] == null
      ? read.missing('Customer.cntGuestUser')
      : read.int32(from['cntGuestUser'], 'Customer.cntGuestUser'),
  cntInternalUser:
    from['cntInternalUser'] == null
      ? read.missing('Customer.cntInternalUser')
      : read.int32(from['cntInternalUser'], 'Customer.cntInternalUser'),
  companyName:
    from['companyName'] == null
      ? read.missing('Customer.companyName')
      : read.string(from['companyName'], 'Customer.companyName'),
  createdAt:
    from['createdAt'] == null
      ? read.missing('Customer.createdAt')
      : read.dateTime(from['createdAt'], 'Customer.createdAt'),
  customerAttributes:
    from['customerAttributes'] == null
      ? null
      : read.object(from['customerAttributes'], 'Customer.customerAttributes', CustomerAttributes),
  customerContractType:
    from['customerContractType'] == null
      ? read.missing('Customer.customerContractType')
      : ENUM_1(from['customerContractType'], 'Customer.customerContractType'),
  customerUuid:
    from['customerUuid'] == null
      ? read.missing('Customer.customerUuid')
      : read.uuid(from['customerUuid'], 'Customer.customerUuid'),
  id: from['id'] == null ? read.missing('Customer.id') : read.id(from['id'], 'Customer.id'),
  isLocked: from['isLocked'] == null ? null : read.boolean(from['isLocked'], 'Customer.isLocked'),
  lastLoginAt: from['lastLoginAt'] == null ? null : read.dateTime(from['lastLoginAt'], 'Customer.lastLoginAt'),
  lockStatus:
    from['lockStatus'] == null
      ? read.missing('Customer.lockStatus')
      : read.boolean(from['lockStatus'], 'Customer.lockStatus'),
  providerCustomerId:
    from['providerCustomerId'] == null ? null : read.string(from['providerCustomerId'], 'Customer.providerCustomerId'),
  quotaMax:
    from['quotaMax'] == null ? read.missing('Customer.quotaMax') : read.int64(from['quotaMax'], 'Customer.quotaMax'),
  quotaUsed:
    from['quotaUsed'] == null
      ? read.missing('Customer.quotaUsed')
      : read.int64(from['quotaUsed'], 'Customer.quotaUsed'),
  trialDaysLeft: from['trialDaysLeft'] == null ? null : read.int32(from['trialDaysLeft'], 'Customer.trialDaysLeft'),
  updatedAt: from['updatedAt'] == null ? null : read.dateTime(from['updatedAt'], 'Customer.updatedAt'),
  userMax: from['userMax'] == null ? read.missing('Customer.userMax') : read.int32(from['userMax'], 'Customer.userMax'),
  userUsed:
    from['userUsed'] == null ? read.missing('Customer.userUsed') : read.int32(from['userUsed'], 'Customer.userUsed'),
  webhooksMax: from['webhooksMax'] == null ? null : read.int64(from['webhooksMax'], 'Customer.webhooksMax'),
});

const CustomerAttributes = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('CustomerAttributes.items')
      : read.list(from['items'], 'CustomerAttributes.items', (item, at) => read.object(item, at, KeyValueEntry)),
});

const CustomerList = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('CustomerList.items')
      : read.list(from['items'], 'CustomerList.items', (item, at) => read.object(item, at, Customer)),
  range:
    from['range'] == null
      ? read.missing('CustomerList.range')
      : read.object(from['range'], 'CustomerList.range', Range),
});

const EventType = (from: read.Source): object => ({
  id: from['id'] == null ? read.missing('EventType.id') : read.id(from['id'], 'EventType.id'),
  name: from['name'] == null ? read.missing('EventType.name') : read.string(from['name'], 'EventType.name'),
  usableCustomerAdminWebhook:
    from['usableCustomerAdminWebhook'] == null
      ? read.missing('EventType.usableCustomerAdminWebhook')
      : read.boolean(from['usableCustomerAdminWebhook'], 'EventType.usableCustomerAdminWebhook'),
  usableNodeWebhook:
    from['usableNodeWebhook'] == null
      ? read.missing('EventType.usableNodeWebhook')
      : read.boolean(from['usableNodeWebhook'], 'EventType.usableNodeWebhook'),
  usablePushNotification:
    from['usablePushNotification'] == null
      ? read.missing('EventType.usablePushNotification')
      : read.boolean(from['usablePushNotification'], 'EventType.usablePushNotification'),
  usableTenantWebhook:
    from['usableTenantWebhook'] == null
      ? read.missing('EventType.usableTenantWebhook')
      : read.boolean(from['usableTenantWebhook'], 'EventType.usableTenantWebhook'),
});

const EventTypeList = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('EventTypeList.items')
      : read.list(from['items'], 'EventTypeList.items', (item, at) => read.object(item, at, EventType)),
});

const FirstAdminUser = (from: read.Source): object => ({
  authData: from['authData'] == null ? null : read.object(from['authData'], 'FirstAdminUser.authData', UserAuthData),
  authMethods:
    from['authMethods'] == null
      ? null
      : read.list(from['authMethods'], 'FirstAdminUser.authMethods', (item, at) =>
          read.object(item, at, UserAuthMethod),
        ),
  email: from['email'] == null ? null : read.string(from['email'], 'FirstAdminUser.email'),
  firstName:
    from['firstName'] == null
      ? read.missing('FirstAdminUser.firstName')
      : read.string(from['firstName'], 'FirstAdminUser.firstName'),
  gender: from['gender'] == null ? null : read.string(from['gender'], 'FirstAdminUser.gender'),
  language: from['language'] == null ? null : read.string(from['language'], 'FirstAdminUser.language'),
  lastName:
    from['lastName'] == null
      ? read.missing('FirstAdminUser.lastName')
      : read.string(from['lastName'], 'FirstAdminUser.lastName'),
  login: from['login'] == null ? null : read.string(from['login'], 'FirstAdminUser.login'),
  needsToChangePassword:
    from['needsToChangePassword'] == null
      ? null
      : read.boolean(from['needsToChangePassword'], 'FirstAdminUser.needsToChangePassword'),
  needsToChangeUserName:
    from['needsToChangeUserName'] == null
      ? null
      : read.boolean(from['needsToChangeUserName'], 'FirstAdminUser.needsToChangeUserName'),
  notifyUser: from['notifyUser'] == null ? null : read.boolean(from['notifyUser'], 'FirstAdminUser.notifyUser'),
  password: from['password'] == null ? null : read.string(from['password'], 'FirstAdminUser.password'),
  phone: from['phone'] == null ? null : read.string(from['phone'], 'FirstAdminUser.phone'),
  receiverLanguage:
    from['receiverLanguage'] == null ? null : read.string(from['receiverLanguage'], 'FirstAdminUser.receiverLanguage'),
  title: from['title'] == null ? null : read.string(from['title'], 'FirstAdminUser.title'),
  userName: from['userName'] == null ? null : read.string(from['userName'], 'FirstAdminUser.userName'),
});

const KeyValueEntry = (from: read.Source): object => ({
  key: from['key'] == null ? read.missing('KeyValueEntry.key') : read.string(from['key'], 'KeyValueEntry.key'),
  value:
    from['value'] == null ? read.missing('KeyValueEntry.value') : read.string(from['value'], 'KeyValueEntry.value'),
});

const NewCustomerResponse = (from: read.Source): object => ({
  activationCode:
    from['activationCode'] == null ? null : read.string(from['activationCode'], 'NewCustomerResponse.activationCode'),
  companyName:
    from['companyName'] == null
      ? read.missing('NewCustomerResponse.companyName')
      : read.string(from['companyName'], 'NewCustomerResponse.companyName'),
  createdAt: from['createdAt'] == null ? null : read.dateTime(from['createdAt'], 'NewCustomerResponse.createdAt'),
  customerAttributes:
    from['customerAttributes'] == null
      ? null
      : read.object(from['customerAttributes'], 'NewCustomerResponse.customerAttributes', CustomerAttributes),
  customerContractType:
    from['customerContractType'] == null
      ? read.missing('NewCustomerResponse.customerContractType')
      : ENUM_1(from['customerContractType'], 'NewCustomerResponse.customerContractType'),
  customerUuid:
    from['customerUuid'] == null
      ? read.missing('NewCustomerResponse.customerUuid')
      : read.uuid(from['customerUuid'], 'NewCustomerResponse.customerUuid'),
  firstAdminUser:
    from['firstAdminUser'] == null
      ? read.missing('NewCustomerResponse.firstAdminUser')
      : read.object(from['firstAdminUser'], 'NewCustomerResponse.firstAdminUser', FirstAdminUser),
  id: from['id'] == null ? null : read.id(from['id'], 'NewCustomerResponse.id'),
  isLocked: from['isLocked'] == null ? null : read.boolean(from['isLocked'], 'NewCustomerResponse.isLocked'),
  lockStatus:
    from['lockStatus'] == null
      ? read.missing('NewCustomerResponse.lockStatus')
      : read.boolean(from['lockStatus'], 'NewCustomerResponse.lockStatus'),
  providerCustomerId:
    from['providerCustomerId'] == null
      ? null
      : read.string(from['providerCustomerId'], 'NewCustomerResponse.providerCustomerId'),
  quotaMax:
    from['quotaMax'] == null
      ? read.missing('NewCustomerResponse.quotaMax')
      : read.int64(from['quotaMax'], 'NewCustomerResponse.quotaMax'),
  trialDays: from['trialDays'] == null ? null : read.int32(from['trialDays'], 'NewCustomerResponse.trialDays'),
  userMax:
    from['userMax'] == null
      ? read.missing('NewCustomerResponse.userMax')
      : read.int32(from['userMax'], 'NewCustomerResponse.userMax'),
  webhooksMax: from['webhooksMax'] == null ? null : read.int64(from['webhooksMax'], 'NewCustomerResponse.webhooksMax'),
});

const Range = (from: read.Source): object => ({
  limit: from['limit'] == null ? read.missing('Range.limit') : read.int64(from['limit'], 'Range.limit'),
  offset: from['offset'] == null ? read.missing('Range.offset') : read.int64(from['offset'], 'Range.offset'),
  total: from['total'] == null ? read.missing('Range.total') : read.int64(from['total'], 'Range.total'),
});

const Right = (from: read.Source): object => ({
  description:
    from['description'] == null
      ? read.missing('Right.description')
      : read.string(from['description'], 'Right.description'),
  id: from['id'] == null ? read.missing('Right.id') : read.id(from['id'], 'Right.id'),
  name: from['name'] == null ? read.missing('Right.name') : read.string(from['name'], 'Right.name'),
});

const Role = (from: read.Source): object => ({
  description:
    from['description'] == null
      ? read.missing('Role.description')
      : read.string(from['description'], 'Role.description'),
  id: from['id'] == null ? read.missing('Role.id') : read.id(from['id'], 'Role.id'),
  items:
    from['items'] == null ? null : read.list(from['items'], 'Role.items', (item, at) => read.object(item, at, Right)),
  name: from['name'] == null ? read.missing('Role.name') : read.string(from['name'], 'Role.name'),
});

const RoleList = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('RoleList.items')
      : read.list(from['items'], 'RoleList.items', (item, at) => read.object(item, at, Role)),
});

const SoftwareVersionData = (from: read.Source): object => ({
  buildDate:
    from['buildDate'] == null
      ? read.missing('SoftwareVersionData.buildDate')
      : read.dateTime(from['buildDate'], 'SoftwareVersionData.buildDate'),
  isDracoonCloud:
    from['isDracoonCloud'] == null ? null : read.boolean(from['isDracoonCloud'], 'SoftwareVersionData.isDracoonCloud'),
  restApiVersion:
    from['restApiVersion'] == null
      ? read.missing('SoftwareVersionData.restApiVersion')
      : read.string(from['restApiVersion'], 'SoftwareVersionData.restApiVersion'),
  scmRevisionNumber:
    from['scmRevisionNumber'] == null
      ? read.missing('SoftwareVersionData.scmRevisionNumber')
      : read.string(from['scmRevisionNumber'], 'SoftwareVersionData.scmRevisionNumber'),
  sdsServerVersion:
    from['sdsServerVersion'] == null
      ? read.missing('SoftwareVersionData.sdsServerVersion')
      : read.string(from['sdsServerVersion'], 'SoftwareVersionData.sdsServerVersion'),
});

const SystemInfo = (from: read.Source): object => ({
  authMethods:
    from['authMethods'] == null
      ? read.missing('SystemInfo.authMethods')
      : read.list(from['authMethods'], 'SystemInfo.authMethods', (item, at) => read.object(item, at, AuthMethod)),
  hideLoginInputFields:
    from['hideLoginInputFields'] == null
      ? read.missing('SystemInfo.hideLoginInputFields')
      : read.boolean(from['hideLoginInputFields'], 'SystemInfo.hideLoginInputFields'),
  languageDefault:
    from['languageDefault'] == null
      ? read.missing('SystemInfo.languageDefault')
      : read.string(from['languageDefault'], 'SystemInfo.languageDefault'),
  s3EnforceDirectUpload:
    from['s3EnforceDirectUpload'] == null
      ? read.missing('SystemInfo.s3EnforceDirectUpload')
      : read.boolean(from['s3EnforceDirectUpload'], 'SystemInfo.s3EnforceDirectUpload'),
  s3Hosts:
    from['s3Hosts'] == null
      ? read.missing('SystemInfo.s3Hosts')
      : read.list(from['s3Hosts'], 'SystemInfo.s3Hosts', (item, at) => read.string(item, at)),
  useS3Storage:
    from['useS3Storage'] == null
      ? read.missing('SystemInfo.useS3Storage')
      : read.boolean(from['useS3Storage'], 'SystemInfo.useS3Storage'),
});

const UpdateCustomerResponse = (from: read.Source): object => ({
  activationCode:
    from['activationCode'] == null
      ? null
      : read.string(from['activationCode'], 'UpdateCustomerResponse.activationCode'),
  companyName:
    from['companyName'] == null
      ? read.missing('UpdateCustomerResponse.companyName')
      : read.string(from['companyName'], 'UpdateCustomerResponse.companyName'),
  createdAt: from['createdAt'] == null ? null : read.dateTime(from['createdAt'], 'UpdateCustomerResponse.createdAt'),
  customerAttributes:
    from['customerAttributes'] == null
      ? null
      : read.object(from['customerAttributes'], 'UpdateCustomerResponse.customerAttributes', CustomerAttributes),
  customerContractType:
    from['customerContractType'] == null
      ? read.missing('UpdateCustomerResponse.customerContractType')
      : ENUM_1(from['customerContractType'], 'UpdateCustomerResponse.customerContractType'),
  customerUuid:
    from['customerUuid'] == null
      ? read.missing('UpdateCustomerResponse.customerUuid')
      : read.uuid(from['customerUuid'], 'UpdateCustomerResponse.customerUuid'),
  id: from['id'] == null ? read.missing('UpdateCustomerResponse.id') : read.id(from['id'], 'UpdateCustomerResponse.id'),
  isLocked: from['isLocked'] == null ? null : read.boolean(from['isLocked'], 'UpdateCustomerResponse.isLocked'),
  lockStatus:
    from['lockStatus'] == null
      ? read.missing('UpdateCustomerResponse.lockStatus')
      : read.boolean(from['lockStatus'], 'UpdateCustomerResponse.lockStatus'),
  providerCustomerId:
    from['providerCustomerId'] == null
      ? null
      : read.string(from['providerCustomerId'], 'UpdateCustomerResponse.providerCustomerId'),
  quotaMax:
    from['quotaMax'] == null
      ? read.missing('UpdateCustomerResponse.quotaMax')
      : read.int64(from['quotaMax'], 'UpdateCustomerResponse.quotaMax'),
  trialDays: from['trialDays'] == null ? null : read.int32(from['trialDays'], 'UpdateCustomerResponse.trialDays'),
  updatedAt: from['updatedAt'] == null ? null : read.dateTime(from['updatedAt'], 'UpdateCustomerResponse.updatedAt'),
  userMax:
    from['userMax'] == null
      ? read.missing('UpdateCustomerResponse.userMax')
      : read.int32(from['userMax'], 'UpdateCustomerResponse.userMax'),
  webhooksMax:
    from['webhooksMax'] == null ? null : read.int64(from['webhooksMax'], 'UpdateCustomerResponse.webhooksMax'),
});

const UserAttributes = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('UserAttributes.items')
      : read.list(from['items'], 'UserAttributes.items', (item, at) => read.object(item, at, KeyValueEntry)),
});

const UserAuthData = (from: read.Source): object => ({
  adConfigId: from['adConfigId'] == null ? null : read.id(from['adConfigId'], 'UserAuthData.adConfigId'),
  login: from['login'] == null ? null : read.string(from['login'], 'UserAuthData.login'),
  method:
    from['method'] == null ? read.missing('UserAuthData.method') : read.string(from['method'], 'UserAuthData.method'),
  mustChangePassword:
    from['mustChangePassword'] == null
      ? null
      : read.boolean(from['mustChangePassword'], 'UserAuthData.mustChangePassword'),
  oidConfigId: from['oidConfigId'] == null ? null : read.id(from['oidConfigId'], 'UserAuthData.oidConfigId'),
  password: from['password'] == null ? null : read.string(from['password'], 'UserAuthData.password'),
});

const UserAuthMethod = (from: read.Source): object => ({
  authId:
    from['authId'] == null
      ? read.missing('UserAuthMethod.authId')
      : read.string(from['authId'], 'UserAuthMethod.authId'),
  isEnabled:
    from['isEnabled'] == null
      ? read.missing('UserAuthMethod.isEnabled')
      : read.boolean(from['isEnabled'], 'UserAuthMethod.isEnabled'),
  options:
    from['options'] == null
      ? null
      : read.list(from['options'], 'UserAuthMethod.options', (item, at) => read.object(item, at, KeyValueEntry)),
});

const UserInfo = (from: read.Source): object => ({
  avatarUuid:
    from['avatarUuid'] == null
      ? read.missing('UserInfo.avatarUuid')
      : read.string(from['avatarUuid'], 'UserInfo.avatarUuid'),
  displayName: from['displayName'] == null ? null : read.string(from['displayName'], 'UserInfo.displayName'),
  email: from['email'] == null ? null : read.string(from['email'], 'UserInfo.email'),
  firstName:
    from['firstName'] == null
      ? read.missing('UserInfo.firstName')
      : read.string(from['firstName'], 'UserInfo.firstName'),
  id: from['id'] == null ? read.missing('UserInfo.id') : read.id(from['id'], 'UserInfo.id'),
  lastName:
    from['lastName'] == null ? read.missing('UserInfo.lastName') : read.string(from['lastName'], 'UserInfo.lastName'),
  title: from['title'] == null ? null : read.string(from['title'], 'UserInfo.title'),
  userName:
    from['userName'] == null ? read.missing('UserInfo.userName') : read.string(from['userName'], 'UserInfo.userName'),
  userType:
    from['userType'] == null ? read.missing('UserInfo.userType') : ENUM_2(from['userType'], 'UserInfo.userType'),
});

const UserItem = (from: read.Source): object => ({
  avatarUuid:
    from['avatarUuid'] == null
      ? read.missing('UserItem.avatarUuid')
      : read.string(from['avatarUuid'], 'UserItem.avatarUuid'),
  createdAt: from['createdAt'] == null ? null : read.dateTime(from['createdAt'], 'UserItem.createdAt'),
  email: from['email'] == null ? null : read.string(from['email'], 'UserItem.email'),
  expireAt: from['expireAt'] == null ? null : read.dateTime(from['expireAt'], 'UserItem.expireAt'),
  firstName:
    from['firstName'] == null
      ? read.missing('UserItem.firstName')
      : read.string(from['firstName'], 'UserItem.firstName'),
  gender: from['gender'] == null ? null : read.string(from['gender'], 'UserItem.gender'),
  hasManageableRooms:
    from['hasManageableRooms'] == null ? null : read.boolean(from['hasManageableRooms'], 'UserItem.hasManageableRooms'),
  homeRoomId: from['homeRoomId'] == null ? null : read.id(from['homeRoomId'], 'UserItem.homeRoomId'),
  id: from['id'] == null ? read.missing('UserItem.id') : read.id(from['id'], 'UserItem.id'),
  isEncryptionEnabled:
    from['isEncryptionEnabled'] == null
      ? null
      : read.boolean(from['isEncryptionEnabled'], 'UserItem.isEncryptionEnabled'),
  isLocked:
    from['isLocked'] == null ? read.missing('UserItem.isLocked') : read.boolean(from['isLocked'], 'UserItem.isLocked'),
  lastLoginSuccessAt:
    from['lastLoginSuccessAt'] == null
      ? null
      : read.dateTime(from['lastLoginSuccessAt'], 'UserItem.lastLoginSuccessAt'),
  lastName:
    from['lastName'] == null ? read.missing('UserItem.lastName') : read.string(from['lastName'], 'UserItem.lastName'),
  lockStatus:
    from['lockStatus'] == null
      ? read.missing('UserItem.lockStatus')
      : read.int32(from['lockStatus'], 'UserItem.lockStatus'),
  login: from['login'] == null ? read.missing('UserItem.login') : read.string(from['login'], 'UserItem.login'),
  phone: from['phone'] == null ? null : read.string(from['phone'], 'UserItem.phone'),
  title: from['title'] == null ? null : read.string(from['title'], 'UserItem.title'),
  userAttributes:
    from['userAttributes'] == null
      ? null
      : read.object(from['userAttributes'], 'UserItem.userAttributes', UserAttributes),
  userName:
    from['userName'] == null ? read.missing('UserItem.userName') : read.string(from['userName'], 'UserItem.userName'),
  userRoles: from['userRoles'] == null ? null : read.object(from['userRoles'], 'UserItem.userRoles', RoleList),
});

const UserList = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('UserList.items')
      : read.list(from['items'], 'UserList.items', (item, at) => read.object(item, at, UserItem)),
  range: from['range'] == null ? read.missing('UserList.range') : read.object(from['range'], 'UserList.range', Range),
});

const Webhook = (from: read.Source): object => ({
  createdAt:
    from['createdAt'] == null
      ? read.missing('Webhook.createdAt')
      : read.dateTime(from['createdAt'], 'Webhook.createdAt'),
  createdBy: from['createdBy'] == null ? null : read.object(from['createdBy'], 'Webhook.createdBy', UserInfo),
  eventTypeNames:
    from['eventTypeNames'] == null
      ? read.missing('Webhook.eventTypeNames')
      : read.list(from['eventTypeNames'], 'Webhook.eventTypeNames', (item, at) => read.string(item, at)),
  expireAt:
    from['expireAt'] == null ? read.missing('Webhook.expireAt') : read.dateTime(from['expireAt'], 'Webhook.expireAt'),
  failStatus: from['failStatus'] == null ? null : read.int32(from['failStatus'], 'Webhook.failStatus'),
  id: from['id'] == null ? read.missing('Webhook.id') : read.id(from['id'], 'Webhook.id'),
  isEnabled:
    from['isEnabled'] == null
      ? read.missing('Webhook.isEnabled')
      : read.boolean(from['isEnabled'], 'Webhook.isEnabled'),
  name: from['name'] == null ? read.missing('Webhook.name') : read.string(from['name'], 'Webhook.name'),
  secret: from['secret'] == null ? null : read.string(from['secret'], 'Webhook.secret'),
  updatedAt:
    from['updatedAt'] == null
      ? read.missing('Webhook.updatedAt')
      : read.dateTime(from['updatedAt'], 'Webhook.updatedAt'),
  updatedBy: from['updatedBy'] == null ? null : read.object(from['updatedBy'], 'Webhook.updatedBy', UserInfo),
  url: from['url'] == null ? read.missing('Webhook.url') : read.string(from['url'], 'Webhook.url'),
});

const WebhookList = (from: read.Source): object => ({
  items:
    from['items'] == null
      ? read.missing('WebhookList.items')
      : read.list(from['items'], 'WebhookList.items', (item, at) => read.object(item, at, Webhook)),
  range:
    from['range'] == null ? read.missing('WebhookList.range') : read.object(from['range'], 'WebhookList.range', Range),
});

/** Reads the properties of each response schema, in the form the gateway uses; violations stand in their places. */
export const readers = {
  AttributesResponse,
  AuthMethod,
  Customer,
  CustomerAttributes,
  CustomerList,
  EventType,
  EventTypeList,
  FirstAdminUser,
  KeyValueEntry,
  NewCustomerResponse,
  Range,
  Right,
  Role,
  RoleList,
  SoftwareVersionData,
  SystemInfo,
  UpdateCustomerResponse,
  UserAttributes,
  UserAuthData,
  UserAuthMethod,
  UserInfo,
  UserItem,
  UserList,
  Webhook,
  WebhookList,
};
