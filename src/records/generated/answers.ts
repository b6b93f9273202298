// Generated from openapi/provisioning.openapi.json by `npm run generate`. Do not edit.

import { Answer } from '../answer.js';
import type { Decoded } from '../decode.js';
import * as read from '../answer.js';
import { shapes } from './shapes.js';

const ENUM_1 = read.oneOf('demo', 'free', 'pay');
const ENUM_2 = read.oneOf('system', 'internal', 'external', 'deleted');
const names = {
  AttributesResponse: Object.keys(shapes.AttributesResponse),
  AuthMethod: Object.keys(shapes.AuthMethod),
  Customer: Object.keys(shapes.Customer),
  CustomerAttributes: Object.keys(shapes.CustomerAttributes),
  CustomerList: Object.keys(shapes.CustomerList),
  EventType: Object.keys(shapes.EventType),
  EventTypeList: Object.keys(shapes.EventTypeList),
  FirstAdminUser: Object.keys(shapes.FirstAdminUser),
  KeyValueEntry: Object.keys(shapes.KeyValueEntry),
  NewCustomerResponse: Object.keys(shapes.NewCustomerResponse),
  Range: Object.keys(shapes.Range),
  Right: Object.keys(shapes.Right),
  Role: Object.keys(shapes.Role),
  RoleList: Object.keys(shapes.RoleList),
  SoftwareVersionData: Object.keys(shapes.SoftwareVersionData),
  SystemInfo: Object.keys(shapes.SystemInfo),
  UpdateCustomerResponse: Object.keys(shapes.UpdateCustomerResponse),
  UserAttributes: Object.keys(shapes.UserAttributes),
  UserAuthData: Object.keys(shapes.UserAuthData),
  UserAuthMethod: Object.keys(shapes.UserAuthMethod),
  UserInfo: Object.keys(shapes.UserInfo),
  UserItem: Object.keys(shapes.UserItem),
  UserList: Object.keys(shapes.UserList),
  Webhook: Object.keys(shapes.Webhook),
  WebhookList: Object.keys(shapes.WebhookList),
};

class AttributesResponse extends Answer implements Decoded<'AttributesResponse'> {
  override get shapeName(): string {
    return 'AttributesResponse';
  }
  override get propertyNames() {
    return names.AttributesResponse;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('AttributesResponse.items')
      : read.list(value, 'AttributesResponse.items', (item, at) => read.object(item, at, KeyValueEntry));
  }
  get range() {
    const value = this.from['range'];
    return value == null
      ? read.missing('AttributesResponse.range')
      : read.object(value, 'AttributesResponse.range', Range);
  }
}

class AuthMethod extends Answer implements Decoded<'AuthMethod'> {
  override get shapeName(): string {
    return 'AuthMethod';
  }
  override get propertyNames() {
    return names.AuthMethod;
  }
  get isEnabled() {
    const value = this.from['isEnabled'];
    return value == null ? read.missing('AuthMethod.isEnabled') : read.boolean(value, 'AuthMethod.isEnabled');
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('AuthMethod.name') : read.string(value, 'AuthMethod.name');
  }
  get priority() {
    const value = this.from['priority'];
    return value == null ? read.missing('AuthMethod.priority') : read.int32(value, 'AuthMethod.priority');
  }
}

class Customer extends Answer implements Decoded<'Customer'> {
  override get shapeName(): string {
    return 'Customer';
  }
  override get propertyNames() {
    return names.Customer;
  }
  get activationCode() {
    const value = this.from['activationCode'];
    return value == null ? null : read.string(value, 'Customer.activationCode');
  }
  get cntGuestUser() {
    const value = this.from['cntGuestUser'];
    return value == null ? read.missing('Customer.cntGuestUser') : read.int32(value, 'Customer.cntGuestUser');
  }
  get cntInternalUser() {
    const value = this.from['cntInternalUser'];
    return value == null ? read.missing('Customer.cntInternalUser') : read.int32(value, 'Customer.cntInternalUser');
  }
  get companyName() {
    const value = this.from['companyName'];
    return value == null ? read.missing('Customer.companyName') : read.string(value, 'Customer.companyName');
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? read.missing('Customer.createdAt') : read.dateTime(value, 'Customer.createdAt');
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null ? null : read.object(value, 'Customer.customerAttributes', CustomerAttributes);
  }
  get customerContractType() {
    const value = this.from['customerContractType'];
    return value == null
      ? read.missing('Customer.customerContractType')
      : ENUM_1(value, 'Customer.customerContractType');
  }
  get customerUuid() {
    const value = this.from['customerUuid'];
    return value == null ? read.missing('Customer.customerUuid') : read.uuid(value, 'Customer.customerUuid');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Customer.id') : read.id(value, 'Customer.id');
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? null : read.boolean(value, 'Customer.isLocked');
  }
  get lastLoginAt() {
    const value = this.from['lastLoginAt'];
    return value == null ? null : read.dateTime(value, 'Customer.lastLoginAt');
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null ? read.missing('Customer.lockStatus') : read.boolean(value, 'Customer.lockStatus');
  }
  get providerCustomerId() {
    const value = this.from['providerCustomerId'];
    return value == null ? null : read.string(value, 'Customer.providerCustomerId');
  }
  get quotaMax() {
    const value = this.from['quotaMax'];
    return value == null ? read.missing('Customer.quotaMax') : read.int64(value, 'Customer.quotaMax');
  }
  get quotaUsed() {
    const value = this.from['quotaUsed'];
    return value == null ? read.missing('Customer.quotaUsed') : read.int64(value, 'Customer.quotaUsed');
  }
  get trialDaysLeft() {
    const value = this.from['trialDaysLeft'];
    return value == null ? null : read.int32(value, 'Customer.trialDaysLeft');
  }
  get updatedAt() {
    const value = this.from['updatedAt'];
    return value == null ? null : read.dateTime(value, 'Customer.updatedAt');
  }
  get userMax() {
    const value = this.from['userMax'];
    return value == null ? read.missing('Customer.userMax') : read.int32(value, 'Customer.userMax');
  }
  get userUsed() {
    const value = this.from['userUsed'];
    return value == null ? read.missing('Customer.userUsed') : read.int32(value, 'Customer.userUsed');
  }
  get webhooksMax() {
    const value = this.from['webhooksMax'];
    return value == null ? null : read.int64(value, 'Customer.webhooksMax');
  }
}

class CustomerAttributes extends Answer implements Decoded<'CustomerAttributes'> {
  override get shapeName(): string {
    return 'CustomerAttributes';
  }
  override get propertyNames() {
    return names.CustomerAttributes;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('CustomerAttributes.items')
      : read.list(value, 'CustomerAttributes.items', (item, at) => read.object(item, at, KeyValueEntry));
  }
}

class CustomerList extends Answer implements Decoded<'CustomerList'> {
  override get shapeName(): string {
    return 'CustomerList';
  }
  override get propertyNames() {
    return names.CustomerList;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('CustomerList.items')
      : read.list(value, 'CustomerList.items', (item, at) => read.object(item, at, Customer));
  }
  get range() {
    const value = this.from['range'];
    return value == null ? read.missing('CustomerList.range') : read.object(value, 'CustomerList.range', Range);
  }
}

class EventType extends Answer implements Decoded<'EventType'> {
  override get shapeName(): string {
    return 'EventType';
  }
  override get propertyNames() {
    return names.EventType;
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('EventType.id') : read.id(value, 'EventType.id');
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('EventType.name') : read.string(value, 'EventType.name');
  }
  get usableCustomerAdminWebhook() {
    const value = this.from['usableCustomerAdminWebhook'];
    return value == null
      ? read.missing('EventType.usableCustomerAdminWebhook')
      : read.boolean(value, 'EventType.usableCustomerAdminWebhook');
  }
  get usableNodeWebhook() {
    const value = this.from['usableNodeWebhook'];
    return value == null
      ? read.missing('EventType.usableNodeWebhook')
      : read.boolean(value, 'EventType.usableNodeWebhook');
  }
  get usablePushNotification() {
    const value = this.from['usablePushNotification'];
    return value == null
      ? read.missing('EventType.usablePushNotification')
      : read.boolean(value, 'EventType.usablePushNotification');
  }
  get usableTenantWebhook() {
    const value = this.from['usableTenantWebhook'];
    return value == null
      ? read.missing('EventType.usableTenantWebhook')
      : read.boolean(value, 'EventType.usableTenantWebhook');
  }
}

class EventTypeList extends Answer implements Decoded<'EventTypeList'> {
  override get shapeName(): string {
    return 'EventTypeList';
  }
  override get propertyNames() {
    return names.EventTypeList;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('EventTypeList.items')
      : read.list(value, 'EventTypeList.items', (item, at) => read.object(item, at, EventType));
  }
}

class FirstAdminUser extends Answer implements Decoded<'FirstAdminUser'> {
  override get shapeName(): string {
    return 'FirstAdminUser';
  }
  override get propertyNames() {
    return names.FirstAdminUser;
  }
  get authData() {
    const value = this.from['authData'];
    return value == null ? null : read.object(value, 'FirstAdminUser.authData', UserAuthData);
  }
  get authMethods() {
    const value = this.from['authMethods'];
    return value == null
      ? null
      : read.list(value, 'FirstAdminUser.authMethods', (item, at) => read.object(item, at, UserAuthMethod));
  }
  get email() {
    const value = this.from['email'];
    return value == null ? null : read.string(value, 'FirstAdminUser.email');
  }
  get firstName() {
    const value = this.from['firstName'];
    return value == null ? read.missing('FirstAdminUser.firstName') : read.string(value, 'FirstAdminUser.firstName');
  }
  get gender() {
    const value = this.from['gender'];
    return value == null ? null : read.string(value, 'FirstAdminUser.gender');
  }
  get language() {
    const value = this.from['language'];
    return value == null ? null : read.string(value, 'FirstAdminUser.language');
  }
  get lastName() {
    const value = this.from['lastName'];
    return value == null ? read.missing('FirstAdminUser.lastName') : read.string(value, 'FirstAdminUser.lastName');
  }
  get login() {
    const value = this.from['login'];
    return value == null ? null : read.string(value, 'FirstAdminUser.login');
  }
  get needsToChangePassword() {
    const value = this.from['needsToChangePassword'];
    return value == null ? null : read.boolean(value, 'FirstAdminUser.needsToChangePassword');
  }
  get needsToChangeUserName() {
    const value = this.from['needsToChangeUserName'];
    return value == null ? null : read.boolean(value, 'FirstAdminUser.needsToChangeUserName');
  }
  get notifyUser() {
    const value = this.from['notifyUser'];
    return value == null ? null : read.boolean(value, 'FirstAdminUser.notifyUser');
  }
  get password() {
    const value = this.from['password'];
    return value == null ? null : read.string(value, 'FirstAdminUser.password');
  }
  get phone() {
    const value = this.from['phone'];
    return value == null ? null : read.string(value, 'FirstAdminUser.phone');
  }
  get receiverLanguage() {
    const value = this.from['receiverLanguage'];
    return value == null ? null : read.string(value, 'FirstAdminUser.receiverLanguage');
  }
  get title() {
    const value = this.from['title'];
    return value == null ? null : read.string(value, 'FirstAdminUser.title');
  }
  get userName() {
    const value = this.from['userName'];
    return value == null ? null : read.string(value, 'FirstAdminUser.userName');
  }
}

class KeyValueEntry extends Answer implements Decoded<'KeyValueEntry'> {
  override get shapeName(): string {
    return 'KeyValueEntry';
  }
  override get propertyNames() {
    return names.KeyValueEntry;
  }
  get key() {
    const value = this.from['key'];
    return value == null ? read.missing('KeyValueEntry.key') : read.string(value, 'KeyValueEntry.key');
  }
  get value() {
    const value = this.from['value'];
    return value == null ? read.missing('KeyValueEntry.value') : read.string(value, 'KeyValueEntry.value');
  }
}

class NewCustomerResponse extends Answer implements Decoded<'NewCustomerResponse'> {
  override get shapeName(): string {
    return 'NewCustomerResponse';
  }
  override get propertyNames() {
    return names.NewCustomerResponse;
  }
  get activationCode() {
    const value = this.from['activationCode'];
    return value == null ? null : read.string(value, 'NewCustomerResponse.activationCode');
  }
  get companyName() {
    const value = this.from['companyName'];
    return value == null
      ? read.missing('NewCustomerResponse.companyName')
      : read.string(value, 'NewCustomerResponse.companyName');
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? null : read.dateTime(value, 'NewCustomerResponse.createdAt');
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null ? null : read.object(value, 'NewCustomerResponse.customerAttributes', CustomerAttributes);
  }
  get customerContractType() {
    const value = this.from['customerContractType'];
    return value == null
      ? read.missing('NewCustomerResponse.customerContractType')
      : ENUM_1(value, 'NewCustomerResponse.customerContractType');
  }
  get customerUuid() {
    const value = this.from['customerUuid'];
    return value == null
      ? read.missing('NewCustomerResponse.customerUuid')
      : read.uuid(value, 'NewCustomerResponse.customerUuid');
  }
  get firstAdminUser() {
    const value = this.from['firstAdminUser'];
    return value == null
      ? read.missing('NewCustomerResponse.firstAdminUser')
      : read.object(value, 'NewCustomerResponse.firstAdminUser', FirstAdminUser);
  }
  get id() {
    const value = this.ownId;
    return value == null ? null : read.id(value, 'NewCustomerResponse.id');
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? null : read.boolean(value, 'NewCustomerResponse.isLocked');
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null
      ? read.missing('NewCustomerResponse.lockStatus')
      : read.boolean(value, 'NewCustomerResponse.lockStatus');
  }
  get providerCustomerId() {
    const value = this.from['providerCustomerId'];
    return value == null ? null : read.string(value, 'NewCustomerResponse.providerCustomerId');
  }
  get quotaMax() {
    const value = this.from['quotaMax'];
    return value == null
      ? read.missing('NewCustomerResponse.quotaMax')
      : read.int64(value, 'NewCustomerResponse.quotaMax');
  }
  get trialDays() {
    const value = this.from['trialDays'];
    return value == null ? null : read.int32(value, 'NewCustomerResponse.trialDays');
  }
  get userMax() {
    const value = this.from['userMax'];
    return value == null
      ? read.missing('NewCustomerResponse.userMax')
      : read.int32(value, 'NewCustomerResponse.userMax');
  }
  get webhooksMax() {
    const value = this.from['webhooksMax'];
    return value == null ? null : read.int64(value, 'NewCustomerResponse.webhooksMax');
  }
}

class Range extends Answer implements Decoded<'Range'> {
  override get shapeName(): string {
    return 'Range';
  }
  override get propertyNames() {
    return names.Range;
  }
  get limit() {
    const value = this.from['limit'];
    return value == null ? read.missing('Range.limit') : read.int64(value, 'Range.limit');
  }
  get offset() {
    const value = this.from['offset'];
    return value == null ? read.missing('Range.offset') : read.int64(value, 'Range.offset');
  }
  get total() {
    const value = this.from['total'];
    return value == null ? read.missing('Range.total') : read.int64(value, 'Range.total');
  }
}

class Right extends Answer implements Decoded<'Right'> {
  override get shapeName(): string {
    return 'Right';
  }
  override get propertyNames() {
    return names.Right;
  }
  get description() {
    const value = this.from['description'];
    return value == null ? read.missing('Right.description') : read.string(value, 'Right.description');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Right.id') : read.id(value, 'Right.id');
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('Right.name') : read.string(value, 'Right.name');
  }
}

class Role extends Answer implements Decoded<'Role'> {
  override get shapeName(): string {
    return 'Role';
  }
  override get propertyNames() {
    return names.Role;
  }
  get description() {
    const value = this.from['description'];
    return value == null ? read.missing('Role.description') : read.string(value, 'Role.description');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Role.id') : read.id(value, 'Role.id');
  }
  get items() {
    const value = this.from['items'];
    return value == null ? null : read.list(value, 'Role.items', (item, at) => read.object(item, at, Right));
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('Role.name') : read.string(value, 'Role.name');
  }
}

class RoleList extends Answer implements Decoded<'RoleList'> {
  override get shapeName(): string {
    return 'RoleList';
  }
  override get propertyNames() {
    return names.RoleList;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('RoleList.items')
      : read.list(value, 'RoleList.items', (item, at) => read.object(item, at, Role));
  }
}

class SoftwareVersionData extends Answer implements Decoded<'SoftwareVersionData'> {
  override get shapeName(): string {
    return 'SoftwareVersionData';
  }
  override get propertyNames() {
    return names.SoftwareVersionData;
  }
  get buildDate() {
    const value = this.from['buildDate'];
    return value == null
      ? read.missing('SoftwareVersionData.buildDate')
      : read.dateTime(value, 'SoftwareVersionData.buildDate');
  }
  get isDracoonCloud() {
    const value = this.from['isDracoonCloud'];
    return value == null ? null : read.boolean(value, 'SoftwareVersionData.isDracoonCloud');
  }
  get restApiVersion() {
    const value = this.from['restApiVersion'];
    return value == null
      ? read.missing('SoftwareVersionData.restApiVersion')
      : read.string(value, 'SoftwareVersionData.restApiVersion');
  }
  get scmRevisionNumber() {
    const value = this.from['scmRevisionNumber'];
    return value == null
      ? read.missing('SoftwareVersionData.scmRevisionNumber')
      : read.string(value, 'SoftwareVersionData.scmRevisionNumber');
  }
  get sdsServerVersion() {
    const value = this.from['sdsServerVersion'];
    return value == null
      ? read.missing('SoftwareVersionData.sdsServerVersion')
      : read.string(value, 'SoftwareVersionData.sdsServerVersion');
  }
  get version() {
    const value = this.from['version'];
    return value == null ? null : read.string(value, 'SoftwareVersionData.version');
  }
}

class SystemInfo extends Answer implements Decoded<'SystemInfo'> {
  override get shapeName(): string {
    return 'SystemInfo';
  }
  override get propertyNames() {
    return names.SystemInfo;
  }
  get authMethods() {
    const value = this.from['authMethods'];
    return value == null
      ? read.missing('SystemInfo.authMethods')
      : read.list(value, 'SystemInfo.authMethods', (item, at) => read.object(item, at, AuthMethod));
  }
  get hideLoginInputFields() {
    const value = this.from['hideLoginInputFields'];
    return value == null
      ? read.missing('SystemInfo.hideLoginInputFields')
      : read.boolean(value, 'SystemInfo.hideLoginInputFields');
  }
  get languageDefault() {
    const value = this.from['languageDefault'];
    return value == null
      ? read.missing('SystemInfo.languageDefault')
      : read.string(value, 'SystemInfo.languageDefault');
  }
  get s3EnforceDirectUpload() {
    const value = this.from['s3EnforceDirectUpload'];
    return value == null
      ? read.missing('SystemInfo.s3EnforceDirectUpload')
      : read.boolean(value, 'SystemInfo.s3EnforceDirectUpload');
  }
  get s3Hosts() {
    const value = this.from['s3Hosts'];
    return value == null
      ? read.missing('SystemInfo.s3Hosts')
      : read.list(value, 'SystemInfo.s3Hosts', (item, at) => read.string(item, at));
  }
  get useS3Storage() {
    const value = this.from['useS3Storage'];
    return value == null ? read.missing('SystemInfo.useS3Storage') : read.boolean(value, 'SystemInfo.useS3Storage');
  }
}

class UpdateCustomerResponse extends Answer implements Decoded<'UpdateCustomerResponse'> {
  override get shapeName(): string {
    return 'UpdateCustomerResponse';
  }
  override get propertyNames() {
    return names.UpdateCustomerResponse;
  }
  get activationCode() {
    const value = this.from['activationCode'];
    return value == null ? null : read.string(value, 'UpdateCustomerResponse.activationCode');
  }
  get companyName() {
    const value = this.from['companyName'];
    return value == null
      ? read.missing('UpdateCustomerResponse.companyName')
      : read.string(value, 'UpdateCustomerResponse.companyName');
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? null : read.dateTime(value, 'UpdateCustomerResponse.createdAt');
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null ? null : read.object(value, 'UpdateCustomerResponse.customerAttributes', CustomerAttributes);
  }
  get customerContractType() {
    const value = this.from['customerContractType'];
    return value == null
      ? read.missing('UpdateCustomerResponse.customerContractType')
      : ENUM_1(value, 'UpdateCustomerResponse.customerContractType');
  }
  get customerUuid() {
    const value = this.from['customerUuid'];
    return value == null
      ? read.missing('UpdateCustomerResponse.customerUuid')
      : read.uuid(value, 'UpdateCustomerResponse.customerUuid');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('UpdateCustomerResponse.id') : read.id(value, 'UpdateCustomerResponse.id');
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? null : read.boolean(value, 'UpdateCustomerResponse.isLocked');
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null
      ? read.missing('UpdateCustomerResponse.lockStatus')
      : read.boolean(value, 'UpdateCustomerResponse.lockStatus');
  }
  get providerCustomerId() {
    const value = this.from['providerCustomerId'];
    return value == null ? null : read.string(value, 'UpdateCustomerResponse.providerCustomerId');
  }
  get quotaMax() {
    const value = this.from['quotaMax'];
    return value == null
      ? read.missing('UpdateCustomerResponse.quotaMax')
      : read.int64(value, 'UpdateCustomerResponse.quotaMax');
  }
  get trialDays() {
    const value = this.from['trialDays'];
    return value == null ? null : read.int32(value, 'UpdateCustomerResponse.trialDays');
  }
  get updatedAt() {
    const value = this.from['updatedAt'];
    return value == null ? null : read.dateTime(value, 'UpdateCustomerResponse.updatedAt');
  }
  get userMax() {
    const value = this.from['userMax'];
    return value == null
      ? read.missing('UpdateCustomerResponse.userMax')
      : read.int32(value, 'UpdateCustomerResponse.userMax');
  }
  get webhooksMax() {
    const value = this.from['webhooksMax'];
    return value == null ? null : read.int64(value, 'UpdateCustomerResponse.webhooksMax');
  }
}

class UserAttributes extends Answer implements Decoded<'UserAttributes'> {
  override get shapeName(): string {
    return 'UserAttributes';
  }
  override get propertyNames() {
    return names.UserAttributes;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('UserAttributes.items')
      : read.list(value, 'UserAttributes.items', (item, at) => read.object(item, at, KeyValueEntry));
  }
}

class UserAuthData extends Answer implements Decoded<'UserAuthData'> {
  override get shapeName(): string {
    return 'UserAuthData';
  }
  override get propertyNames() {
    return names.UserAuthData;
  }
  get adConfigId() {
    const value = this.from['adConfigId'];
    return value == null ? null : read.id(value, 'UserAuthData.adConfigId');
  }
  get login() {
    const value = this.from['login'];
    return value == null ? null : read.string(value, 'UserAuthData.login');
  }
  get method() {
    const value = this.from['method'];
    return value == null ? read.missing('UserAuthData.method') : read.string(value, 'UserAuthData.method');
  }
  get mustChangePassword() {
    const value = this.from['mustChangePassword'];
    return value == null ? null : read.boolean(value, 'UserAuthData.mustChangePassword');
  }
  get oidConfigId() {
    const value = this.from['oidConfigId'];
    return value == null ? null : read.id(value, 'UserAuthData.oidConfigId');
  }
  get password() {
    const value = this.from['password'];
    return value == null ? null : read.string(value, 'UserAuthData.password');
  }
}

class UserAuthMethod extends Answer implements Decoded<'UserAuthMethod'> {
  override get shapeName(): string {
    return 'UserAuthMethod';
  }
  override get propertyNames() {
    return names.UserAuthMethod;
  }
  get authId() {
    const value = this.from['authId'];
    return value == null ? read.missing('UserAuthMethod.authId') : read.string(value, 'UserAuthMethod.authId');
  }
  get isEnabled() {
    const value = this.from['isEnabled'];
    return value == null ? read.missing('UserAuthMethod.isEnabled') : read.boolean(value, 'UserAuthMethod.isEnabled');
  }
  get options() {
    const value = this.from['options'];
    return value == null
      ? null
      : read.list(value, 'UserAuthMethod.options', (item, at) => read.object(item, at, KeyValueEntry));
  }
}

class UserInfo extends Answer implements Decoded<'UserInfo'> {
  override get shapeName(): string {
    return 'UserInfo';
  }
  override get propertyNames() {
    return names.UserInfo;
  }
  get avatarUuid() {
    const value = this.from['avatarUuid'];
    return value == null ? read.missing('UserInfo.avatarUuid') : read.string(value, 'UserInfo.avatarUuid');
  }
  get displayName() {
    const value = this.from['displayName'];
    return value == null ? null : read.string(value, 'UserInfo.displayName');
  }
  get email() {
    const value = this.from['email'];
    return value == null ? null : read.string(value, 'UserInfo.email');
  }
  get firstName() {
    const value = this.from['firstName'];
    return value == null ? read.missing('UserInfo.firstName') : read.string(value, 'UserInfo.firstName');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('UserInfo.id') : read.id(value, 'UserInfo.id');
  }
  get lastName() {
    const value = this.from['lastName'];
    return value == null ? read.missing('UserInfo.lastName') : read.string(value, 'UserInfo.lastName');
  }
  get title() {
    const value = this.from['title'];
    return value == null ? null : read.string(value, 'UserInfo.title');
  }
  get userName() {
    const value = this.from['userName'];
    return value == null ? read.missing('UserInfo.userName') : read.string(value, 'UserInfo.userName');
  }
  get userType() {
    const value = this.from['userType'];
    return value == null ? read.missing('UserInfo.userType') : ENUM_2(value, 'UserInfo.userType');
  }
}

class UserItem extends Answer implements Decoded<'UserItem'> {
  override get shapeName(): string {
    return 'UserItem';
  }
  override get propertyNames() {
    return names.UserItem;
  }
  get avatarUuid() {
    const value = this.from['avatarUuid'];
    return value == null ? read.missing('UserItem.avatarUuid') : read.string(value, 'UserItem.avatarUuid');
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? null : read.dateTime(value, 'UserItem.createdAt');
  }
  get email() {
    const value = this.from['email'];
    return value == null ? null : read.string(value, 'UserItem.email');
  }
  get expireAt() {
    const value = this.from['expireAt'];
    return value == null ? null : read.dateTime(value, 'UserItem.expireAt');
  }
  get firstName() {
    const value = this.from['firstName'];
    return value == null ? read.missing('UserItem.firstName') : read.string(value, 'UserItem.firstName');
  }
  get gender() {
    const value = this.from['gender'];
    return value == null ? null : read.string(value, 'UserItem.gender');
  }
  get hasManageableRooms() {
    const value = this.from['hasManageableRooms'];
    return value == null ? null : read.boolean(value, 'UserItem.hasManageableRooms');
  }
  get homeRoomId() {
    const value = this.from['homeRoomId'];
    return value == null ? null : read.id(value, 'UserItem.homeRoomId');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('UserItem.id') : read.id(value, 'UserItem.id');
  }
  get isEncryptionEnabled() {
    const value = this.from['isEncryptionEnabled'];
    return value == null ? null : read.boolean(value, 'UserItem.isEncryptionEnabled');
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? read.missing('UserItem.isLocked') : read.boolean(value, 'UserItem.isLocked');
  }
  get lastLoginSuccessAt() {
    const value = this.from['lastLoginSuccessAt'];
    return value == null ? null : read.dateTime(value, 'UserItem.lastLoginSuccessAt');
  }
  get lastName() {
    const value = this.from['lastName'];
    return value == null ? read.missing('UserItem.lastName') : read.string(value, 'UserItem.lastName');
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null ? read.missing('UserItem.lockStatus') : read.int32(value, 'UserItem.lockStatus');
  }
  get login() {
    const value = this.from['login'];
    return value == null ? read.missing('UserItem.login') : read.string(value, 'UserItem.login');
  }
  get phone() {
    const value = this.from['phone'];
    return value == null ? null : read.string(value, 'UserItem.phone');
  }
  get title() {
    const value = this.from['title'];
    return value == null ? null : read.string(value, 'UserItem.title');
  }
  get userAttributes() {
    const value = this.from['userAttributes'];
    return value == null ? null : read.object(value, 'UserItem.userAttributes', UserAttributes);
  }
  get userName() {
    const value = this.from['userName'];
    return value == null ? read.missing('UserItem.userName') : read.string(value, 'UserItem.userName');
  }
  get userRoles() {
    const value = this.from['userRoles'];
    return value == null ? null : read.object(value, 'UserItem.userRoles', RoleList);
  }
}

class UserList extends Answer implements Decoded<'UserList'> {
  override get shapeName(): string {
    return 'UserList';
  }
  override get propertyNames() {
    return names.UserList;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('UserList.items')
      : read.list(value, 'UserList.items', (item, at) => read.object(item, at, UserItem));
  }
  get range() {
    const value = this.from['range'];
    return value == null ? read.missing('UserList.range') : read.object(value, 'UserList.range', Range);
  }
}

class Webhook extends Answer implements Decoded<'Webhook'> {
  override get shapeName(): string {
    return 'Webhook';
  }
  override get propertyNames() {
    return names.Webhook;
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? read.missing('Webhook.createdAt') : read.dateTime(value, 'Webhook.createdAt');
  }
  get createdBy() {
    const value = this.from['createdBy'];
    return value == null ? null : read.object(value, 'Webhook.createdBy', UserInfo);
  }
  get eventTypeNames() {
    const value = this.from['eventTypeNames'];
    return value == null
      ? read.missing('Webhook.eventTypeNames')
      : read.list(value, 'Webhook.eventTypeNames', (item, at) => read.string(item, at));
  }
  get expireAt() {
    const value = this.from['expireAt'];
    return value == null ? read.missing('Webhook.expireAt') : read.dateTime(value, 'Webhook.expireAt');
  }
  get failStatus() {
    const value = this.from['failStatus'];
    return value == null ? null : read.int32(value, 'Webhook.failStatus');
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Webhook.id') : read.id(value, 'Webhook.id');
  }
  get isEnabled() {
    const value = this.from['isEnabled'];
    return value == null ? read.missing('Webhook.isEnabled') : read.boolean(value, 'Webhook.isEnabled');
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('Webhook.name') : read.string(value, 'Webhook.name');
  }
  get secret() {
    const value = this.from['secret'];
    return value == null ? null : read.string(value, 'Webhook.secret');
  }
  get updatedAt() {
    const value = this.from['updatedAt'];
    return value == null ? read.missing('Webhook.updatedAt') : read.dateTime(value, 'Webhook.updatedAt');
  }
  get updatedBy() {
    const value = this.from['updatedBy'];
    return value == null ? null : read.object(value, 'Webhook.updatedBy', UserInfo);
  }
  get url() {
    const value = this.from['url'];
    return value == null ? read.missing('Webhook.url') : read.string(value, 'Webhook.url');
  }
}

class WebhookList extends Answer implements Decoded<'WebhookList'> {
  override get shapeName(): string {
    return 'WebhookList';
  }
  override get propertyNames() {
    return names.WebhookList;
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? read.missing('WebhookList.items')
      : read.list(value, 'WebhookList.items', (item, at) => read.object(item, at, Webhook));
  }
  get range() {
    const value = this.from['range'];
    return value == null ? read.missing('WebhookList.range') : read.object(value, 'WebhookList.range', Range);
  }
}

/** A class for each response schema, by its name. */
export const answers = {
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
