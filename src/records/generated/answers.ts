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
      : read.list(value, 'AttributesResponse.items', this, (item, at, of) =>
          read.object(item, at, of.unverified, KeyValueEntry),
        );
  }
  get range() {
    const value = this.from['range'];
    return value == null
      ? read.missing('AttributesResponse.range')
      : read.object(value, 'AttributesResponse.range', this.unverified, Range);
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
    return value == null ? read.missing('AuthMethod.isEnabled') : read.boolean(value, 'AuthMethod.isEnabled', this);
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('AuthMethod.name') : read.string(value, 'AuthMethod.name', this);
  }
  get priority() {
    const value = this.from['priority'];
    return value == null ? read.missing('AuthMethod.priority') : read.int32(value, 'AuthMethod.priority', this);
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
    return value == null ? null : read.string(value, 'Customer.activationCode', this);
  }
  get cntGuestUser() {
    const value = this.from['cntGuestUser'];
    return value == null ? read.missing('Customer.cntGuestUser') : read.int32(value, 'Customer.cntGuestUser', this);
  }
  get cntInternalUser() {
    const value = this.from['cntInternalUser'];
    return value == null
      ? read.missing('Customer.cntInternalUser')
      : read.int32(value, 'Customer.cntInternalUser', this);
  }
  get companyName() {
    const value = this.from['companyName'];
    return value == null ? read.missing('Customer.companyName') : read.string(value, 'Customer.companyName', this);
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? read.missing('Customer.createdAt') : read.dateTime(value, 'Customer.createdAt', this);
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null
      ? null
      : read.object(value, 'Customer.customerAttributes', this.unverified, CustomerAttributes);
  }
  get customerContractType() {
    const value = this.from['customerContractType'];
    return value == null
      ? read.missing('Customer.customerContractType')
      : ENUM_1(value, 'Customer.customerContractType', this);
  }
  get customerUuid() {
    const value = this.from['customerUuid'];
    return value == null ? read.missing('Customer.customerUuid') : read.uuid(value, 'Customer.customerUuid', this);
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Customer.id') : read.id(value, 'Customer.id', this);
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? null : read.boolean(value, 'Customer.isLocked', this);
  }
  get lastLoginAt() {
    const value = this.from['lastLoginAt'];
    return value == null ? null : read.dateTime(value, 'Customer.lastLoginAt', this);
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null ? read.missing('Customer.lockStatus') : read.boolean(value, 'Customer.lockStatus', this);
  }
  get providerCustomerId() {
    const value = this.from['providerCustomerId'];
    return value == null ? null : read.string(value, 'Customer.providerCustomerId', this);
  }
  get quotaMax() {
    const value = this.from['quotaMax'];
    return value == null ? read.missing('Customer.quotaMax') : read.int64(value, 'Customer.quotaMax', this);
  }
  get quotaUsed() {
    const value = this.from['quotaUsed'];
    return value == null ? read.missing('Customer.quotaUsed') : read.int64(value, 'Customer.quotaUsed', this);
  }
  get trialDaysLeft() {
    const value = this.from['trialDaysLeft'];
    return value == null ? null : read.int32(value, 'Customer.trialDaysLeft', this);
  }
  get updatedAt() {
    const value = this.from['updatedAt'];
    return value == null ? null : read.dateTime(value, 'Customer.updatedAt', this);
  }
  get userMax() {
    const value = this.from['userMax'];
    return value == null ? read.missing('Customer.userMax') : read.int32(value, 'Customer.userMax', this);
  }
  get userUsed() {
    const value = this.from['userUsed'];
    return value == null ? read.missing('Customer.userUsed') : read.int32(value, 'Customer.userUsed', this);
  }
  get webhooksMax() {
    const value = this.from['webhooksMax'];
    return value == null ? null : read.int64(value, 'Customer.webhooksMax', this);
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
      : read.list(value, 'CustomerAttributes.items', this, (item, at, of) =>
          read.object(item, at, of.unverified, KeyValueEntry),
        );
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
      : read.list(value, 'CustomerList.items', this, (item, at, of) => read.object(item, at, of.unverified, Customer));
  }
  get range() {
    const value = this.from['range'];
    return value == null
      ? read.missing('CustomerList.range')
      : read.object(value, 'CustomerList.range', this.unverified, Range);
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
    return value == null ? read.missing('EventType.id') : read.id(value, 'EventType.id', this);
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('EventType.name') : read.string(value, 'EventType.name', this);
  }
  get usableCustomerAdminWebhook() {
    const value = this.from['usableCustomerAdminWebhook'];
    return value == null
      ? read.missing('EventType.usableCustomerAdminWebhook')
      : read.boolean(value, 'EventType.usableCustomerAdminWebhook', this);
  }
  get usableNodeWebhook() {
    const value = this.from['usableNodeWebhook'];
    return value == null
      ? read.missing('EventType.usableNodeWebhook')
      : read.boolean(value, 'EventType.usableNodeWebhook', this);
  }
  get usablePushNotification() {
    const value = this.from['usablePushNotification'];
    return value == null
      ? read.missing('EventType.usablePushNotification')
      : read.boolean(value, 'EventType.usablePushNotification', this);
  }
  get usableTenantWebhook() {
    const value = this.from['usableTenantWebhook'];
    return value == null
      ? read.missing('EventType.usableTenantWebhook')
      : read.boolean(value, 'EventType.usableTenantWebhook', this);
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
      : read.list(value, 'EventTypeList.items', this, (item, at, of) =>
          read.object(item, at, of.unverified, EventType),
        );
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
    return value == null ? null : read.object(value, 'FirstAdminUser.authData', this.unverified, UserAuthData);
  }
  get authMethods() {
    const value = this.from['authMethods'];
    return value == null
      ? null
      : read.list(value, 'FirstAdminUser.authMethods', this, (item, at, of) =>
          read.object(item, at, of.unverified, UserAuthMethod),
        );
  }
  get email() {
    const value = this.from['email'];
    return value == null ? null : read.string(value, 'FirstAdminUser.email', this);
  }
  get firstName() {
    const value = this.from['firstName'];
    return value == null
      ? read.missing('FirstAdminUser.firstName')
      : read.string(value, 'FirstAdminUser.firstName', this);
  }
  get gender() {
    const value = this.from['gender'];
    return value == null ? null : read.string(value, 'FirstAdminUser.gender', this);
  }
  get language() {
    const value = this.from['language'];
    return value == null ? null : read.string(value, 'FirstAdminUser.language', this);
  }
  get lastName() {
    const value = this.from['lastName'];
    return value == null
      ? read.missing('FirstAdminUser.lastName')
      : read.string(value, 'FirstAdminUser.lastName', this);
  }
  get login() {
    const value = this.from['login'];
    return value == null ? null : read.string(value, 'FirstAdminUser.login', this);
  }
  get needsToChangePassword() {
    const value = this.from['needsToChangePassword'];
    return value == null ? null : read.boolean(value, 'FirstAdminUser.needsToChangePassword', this);
  }
  get needsToChangeUserName() {
    const value = this.from['needsToChangeUserName'];
    return value == null ? null : read.boolean(value, 'FirstAdminUser.needsToChangeUserName', this);
  }
  get notifyUser() {
    const value = this.from['notifyUser'];
    return value == null ? null : read.boolean(value, 'FirstAdminUser.notifyUser', this);
  }
  get password() {
    const value = this.from['password'];
    return value == null ? null : read.string(value, 'FirstAdminUser.password', this);
  }
  get phone() {
    const value = this.from['phone'];
    return value == null ? null : read.string(value, 'FirstAdminUser.phone', this);
  }
  get receiverLanguage() {
    const value = this.from['receiverLanguage'];
    return value == null ? null : read.string(value, 'FirstAdminUser.receiverLanguage', this);
  }
  get title() {
    const value = this.from['title'];
    return value == null ? null : read.string(value, 'FirstAdminUser.title', this);
  }
  get userName() {
    const value = this.from['userName'];
    return value == null ? null : read.string(value, 'FirstAdminUser.userName', this);
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
    return value == null ? read.missing('KeyValueEntry.key') : read.string(value, 'KeyValueEntry.key', this);
  }
  get value() {
    const value = this.from['value'];
    return value == null ? read.missing('KeyValueEntry.value') : read.string(value, 'KeyValueEntry.value', this);
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
    return value == null ? null : read.string(value, 'NewCustomerResponse.activationCode', this);
  }
  get companyName() {
    const value = this.from['companyName'];
    return value == null
      ? read.missing('NewCustomerResponse.companyName')
      : read.string(value, 'NewCustomerResponse.companyName', this);
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? null : read.dateTime(value, 'NewCustomerResponse.createdAt', this);
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null
      ? null
      : read.object(value, 'NewCustomerResponse.customerAttributes', this.unverified, CustomerAttributes);
  }
  get customerContractType() {
    const value = this.from['customerContractType'];
    return value == null
      ? read.missing('NewCustomerResponse.customerContractType')
      : ENUM_1(value, 'NewCustomerResponse.customerContractType', this);
  }
  get customerUuid() {
    const value = this.from['customerUuid'];
    return value == null
      ? read.missing('NewCustomerResponse.customerUuid')
      : read.uuid(value, 'NewCustomerResponse.customerUuid', this);
  }
  get firstAdminUser() {
    const value = this.from['firstAdminUser'];
    return value == null
      ? read.missing('NewCustomerResponse.firstAdminUser')
      : read.object(value, 'NewCustomerResponse.firstAdminUser', this.unverified, FirstAdminUser);
  }
  get id() {
    const value = this.ownId;
    return value == null ? null : read.id(value, 'NewCustomerResponse.id', this);
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? null : read.boolean(value, 'NewCustomerResponse.isLocked', this);
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null
      ? read.missing('NewCustomerResponse.lockStatus')
      : read.boolean(value, 'NewCustomerResponse.lockStatus', this);
  }
  get providerCustomerId() {
    const value = this.from['providerCustomerId'];
    return value == null ? null : read.string(value, 'NewCustomerResponse.providerCustomerId', this);
  }
  get quotaMax() {
    const value = this.from['quotaMax'];
    return value == null
      ? read.missing('NewCustomerResponse.quotaMax')
      : read.int64(value, 'NewCustomerResponse.quotaMax', this);
  }
  get trialDays() {
    const value = this.from['trialDays'];
    return value == null ? null : read.int32(value, 'NewCustomerResponse.trialDays', this);
  }
  get userMax() {
    const value = this.from['userMax'];
    return value == null
      ? read.missing('NewCustomerResponse.userMax')
      : read.int32(value, 'NewCustomerResponse.userMax', this);
  }
  get webhooksMax() {
    const value = this.from['webhooksMax'];
    return value == null ? null : read.int64(value, 'NewCustomerResponse.webhooksMax', this);
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
    return value == null ? read.missing('Range.limit') : read.int64(value, 'Range.limit', this);
  }
  get offset() {
    const value = this.from['offset'];
    return value == null ? read.missing('Range.offset') : read.int64(value, 'Range.offset', this);
  }
  get total() {
    const value = this.from['total'];
    return value == null ? read.missing('Range.total') : read.int64(value, 'Range.total', this);
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
    return value == null ? read.missing('Right.description') : read.string(value, 'Right.description', this);
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Right.id') : read.id(value, 'Right.id', this);
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('Right.name') : read.string(value, 'Right.name', this);
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
    return value == null ? read.missing('Role.description') : read.string(value, 'Role.description', this);
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Role.id') : read.id(value, 'Role.id', this);
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? null
      : read.list(value, 'Role.items', this, (item, at, of) => read.object(item, at, of.unverified, Right));
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('Role.name') : read.string(value, 'Role.name', this);
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
      : read.list(value, 'RoleList.items', this, (item, at, of) => read.object(item, at, of.unverified, Role));
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
      : read.dateTime(value, 'SoftwareVersionData.buildDate', this);
  }
  get isDracoonCloud() {
    const value = this.from['isDracoonCloud'];
    return value == null ? null : read.boolean(value, 'SoftwareVersionData.isDracoonCloud', this);
  }
  get restApiVersion() {
    const value = this.from['restApiVersion'];
    return value == null
      ? read.missing('SoftwareVersionData.restApiVersion')
      : read.string(value, 'SoftwareVersionData.restApiVersion', this);
  }
  get scmRevisionNumber() {
    const value = this.from['scmRevisionNumber'];
    return value == null
      ? read.missing('SoftwareVersionData.scmRevisionNumber')
      : read.string(value, 'SoftwareVersionData.scmRevisionNumber', this);
  }
  get sdsServerVersion() {
    const value = this.from['sdsServerVersion'];
    return value == null
      ? read.missing('SoftwareVersionData.sdsServerVersion')
      : read.string(value, 'SoftwareVersionData.sdsServerVersion', this);
  }
  get version() {
    const value = this.from['version'];
    return value == null ? null : read.string(value, 'SoftwareVersionData.version', this);
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
      : read.list(value, 'SystemInfo.authMethods', this, (item, at, of) =>
          read.object(item, at, of.unverified, AuthMethod),
        );
  }
  get hideLoginInputFields() {
    const value = this.from['hideLoginInputFields'];
    return value == null
      ? read.missing('SystemInfo.hideLoginInputFields')
      : read.boolean(value, 'SystemInfo.hideLoginInputFields', this);
  }
  get languageDefault() {
    const value = this.from['languageDefault'];
    return value == null
      ? read.missing('SystemInfo.languageDefault')
      : read.string(value, 'SystemInfo.languageDefault', this);
  }
  get s3EnforceDirectUpload() {
    const value = this.from['s3EnforceDirectUpload'];
    return value == null
      ? read.missing('SystemInfo.s3EnforceDirectUpload')
      : read.boolean(value, 'SystemInfo.s3EnforceDirectUpload', this);
  }
  get s3Hosts() {
    const value = this.from['s3Hosts'];
    return value == null
      ? read.missing('SystemInfo.s3Hosts')
      : read.list(value, 'SystemInfo.s3Hosts', this, (item, at, of) => read.string(item, at, of));
  }
  get useS3Storage() {
    const value = this.from['useS3Storage'];
    return value == null
      ? read.missing('SystemInfo.useS3Storage')
      : read.boolean(value, 'SystemInfo.useS3Storage', this);
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
    return value == null ? null : read.string(value, 'UpdateCustomerResponse.activationCode', this);
  }
  get companyName() {
    const value = this.from['companyName'];
    return value == null
      ? read.missing('UpdateCustomerResponse.companyName')
      : read.string(value, 'UpdateCustomerResponse.companyName', this);
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? null : read.dateTime(value, 'UpdateCustomerResponse.createdAt', this);
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null
      ? null
      : read.object(value, 'UpdateCustomerResponse.customerAttributes', this.unverified, CustomerAttributes);
  }
  get customerContractType() {
    const value = this.from['customerContractType'];
    return value == null
      ? read.missing('UpdateCustomerResponse.customerContractType')
      : ENUM_1(value, 'UpdateCustomerResponse.customerContractType', this);
  }
  get customerUuid() {
    const value = this.from['customerUuid'];
    return value == null
      ? read.missing('UpdateCustomerResponse.customerUuid')
      : read.uuid(value, 'UpdateCustomerResponse.customerUuid', this);
  }
  get id() {
    const value = this.ownId;
    return value == null
      ? read.missing('UpdateCustomerResponse.id')
      : read.id(value, 'UpdateCustomerResponse.id', this);
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? null : read.boolean(value, 'UpdateCustomerResponse.isLocked', this);
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null
      ? read.missing('UpdateCustomerResponse.lockStatus')
      : read.boolean(value, 'UpdateCustomerResponse.lockStatus', this);
  }
  get providerCustomerId() {
    const value = this.from['providerCustomerId'];
    return value == null ? null : read.string(value, 'UpdateCustomerResponse.providerCustomerId', this);
  }
  get quotaMax() {
    const value = this.from['quotaMax'];
    return value == null
      ? read.missing('UpdateCustomerResponse.quotaMax')
      : read.int64(value, 'UpdateCustomerResponse.quotaMax', this);
  }
  get trialDays() {
    const value = this.from['trialDays'];
    return value == null ? null : read.int32(value, 'UpdateCustomerResponse.trialDays', this);
  }
  get updatedAt() {
    const value = this.from['updatedAt'];
    return value == null ? null : read.dateTime(value, 'UpdateCustomerResponse.updatedAt', this);
  }
  get userMax() {
    const value = this.from['userMax'];
    return value == null
      ? read.missing('UpdateCustomerResponse.userMax')
      : read.int32(value, 'UpdateCustomerResponse.userMax', this);
  }
  get webhooksMax() {
    const value = this.from['webhooksMax'];
    return value == null ? null : read.int64(value, 'UpdateCustomerResponse.webhooksMax', this);
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
      : read.list(value, 'UserAttributes.items', this, (item, at, of) =>
          read.object(item, at, of.unverified, KeyValueEntry),
        );
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
    return value == null ? null : read.id(value, 'UserAuthData.adConfigId', this);
  }
  get login() {
    const value = this.from['login'];
    return value == null ? null : read.string(value, 'UserAuthData.login', this);
  }
  get method() {
    const value = this.from['method'];
    return value == null ? read.missing('UserAuthData.method') : read.string(value, 'UserAuthData.method', this);
  }
  get mustChangePassword() {
    const value = this.from['mustChangePassword'];
    return value == null ? null : read.boolean(value, 'UserAuthData.mustChangePassword', this);
  }
  get oidConfigId() {
    const value = this.from['oidConfigId'];
    return value == null ? null : read.id(value, 'UserAuthData.oidConfigId', this);
  }
  get password() {
    const value = this.from['password'];
    return value == null ? null : read.string(value, 'UserAuthData.password', this);
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
    return value == null ? read.missing('UserAuthMethod.authId') : read.string(value, 'UserAuthMethod.authId', this);
  }
  get isEnabled() {
    const value = this.from['isEnabled'];
    return value == null
      ? read.missing('UserAuthMethod.isEnabled')
      : read.boolean(value, 'UserAuthMethod.isEnabled', this);
  }
  get options() {
    const value = this.from['options'];
    return value == null
      ? null
      : read.list(value, 'UserAuthMethod.options', this, (item, at, of) =>
          read.object(item, at, of.unverified, KeyValueEntry),
        );
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
    return value == null ? read.missing('UserInfo.avatarUuid') : read.string(value, 'UserInfo.avatarUuid', this);
  }
  get displayName() {
    const value = this.from['displayName'];
    return value == null ? null : read.string(value, 'UserInfo.displayName', this);
  }
  get email() {
    const value = this.from['email'];
    return value == null ? null : read.string(value, 'UserInfo.email', this);
  }
  get firstName() {
    const value = this.from['firstName'];
    return value == null ? read.missing('UserInfo.firstName') : read.string(value, 'UserInfo.firstName', this);
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('UserInfo.id') : read.id(value, 'UserInfo.id', this);
  }
  get lastName() {
    const value = this.from['lastName'];
    return value == null ? read.missing('UserInfo.lastName') : read.string(value, 'UserInfo.lastName', this);
  }
  get title() {
    const value = this.from['title'];
    return value == null ? null : read.string(value, 'UserInfo.title', this);
  }
  get userName() {
    const value = this.from['userName'];
    return value == null ? read.missing('UserInfo.userName') : read.string(value, 'UserInfo.userName', this);
  }
  get userType() {
    const value = this.from['userType'];
    return value == null ? read.missing('UserInfo.userType') : ENUM_2(value, 'UserInfo.userType', this);
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
    return value == null ? read.missing('UserItem.avatarUuid') : read.string(value, 'UserItem.avatarUuid', this);
  }
  get createdAt() {
    const value = this.from['createdAt'];
    return value == null ? null : read.dateTime(value, 'UserItem.createdAt', this);
  }
  get email() {
    const value = this.from['email'];
    return value == null ? null : read.string(value, 'UserItem.email', this);
  }
  get expireAt() {
    const value = this.from['expireAt'];
    return value == null ? null : read.dateTime(value, 'UserItem.expireAt', this);
  }
  get firstName() {
    const value = this.from['firstName'];
    return value == null ? read.missing('UserItem.firstName') : read.string(value, 'UserItem.firstName', this);
  }
  get gender() {
    const value = this.from['gender'];
    return value == null ? null : read.string(value, 'UserItem.gender', this);
  }
  get hasManageableRooms() {
    const value = this.from['hasManageableRooms'];
    return value == null ? null : read.boolean(value, 'UserItem.hasManageableRooms', this);
  }
  get homeRoomId() {
    const value = this.from['homeRoomId'];
    return value == null ? null : read.id(value, 'UserItem.homeRoomId', this);
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('UserItem.id') : read.id(value, 'UserItem.id', this);
  }
  get isEncryptionEnabled() {
    const value = this.from['isEncryptionEnabled'];
    return value == null ? null : read.boolean(value, 'UserItem.isEncryptionEnabled', this);
  }
  get isLocked() {
    const value = this.from['isLocked'];
    return value == null ? read.missing('UserItem.isLocked') : read.boolean(value, 'UserItem.isLocked', this);
  }
  get lastLoginSuccessAt() {
    const value = this.from['lastLoginSuccessAt'];
    return value == null ? null : read.dateTime(value, 'UserItem.lastLoginSuccessAt', this);
  }
  get lastName() {
    const value = this.from['lastName'];
    return value == null ? read.missing('UserItem.lastName') : read.string(value, 'UserItem.lastName', this);
  }
  get lockStatus() {
    const value = this.from['lockStatus'];
    return value == null ? read.missing('UserItem.lockStatus') : read.int32(value, 'UserItem.lockStatus', this);
  }
  get login() {
    const value = this.from['login'];
    return value == null ? read.missing('UserItem.login') : read.string(value, 'UserItem.login', this);
  }
  get phone() {
    const value = this.from['phone'];
    return value == null ? null : read.string(value, 'UserItem.phone', this);
  }
  get title() {
    const value = this.from['title'];
    return value == null ? null : read.string(value, 'UserItem.title', this);
  }
  get userAttributes() {
    const value = this.from['userAttributes'];
    return value == null ? null : read.object(value, 'UserItem.userAttributes', this.unverified, UserAttributes);
  }
  get userName() {
    const value = this.from['userName'];
    return value == null ? read.missing('UserItem.userName') : read.string(value, 'UserItem.userName', this);
  }
  get userRoles() {
    const value = this.from['userRoles'];
    return value == null ? null : read.object(value, 'UserItem.userRoles', this.unverified, RoleList);
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
      : read.list(value, 'UserList.items', this, (item, at, of) => read.object(item, at, of.unverified, UserItem));
  }
  get range() {
    const value = this.from['range'];
    return value == null
      ? read.missing('UserList.range')
      : read.object(value, 'UserList.range', this.unverified, Range);
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
    return value == null ? read.missing('Webhook.createdAt') : read.dateTime(value, 'Webhook.createdAt', this);
  }
  get createdBy() {
    const value = this.from['createdBy'];
    return value == null ? null : read.object(value, 'Webhook.createdBy', this.unverified, UserInfo);
  }
  get eventTypeNames() {
    const value = this.from['eventTypeNames'];
    return value == null
      ? read.missing('Webhook.eventTypeNames')
      : read.list(value, 'Webhook.eventTypeNames', this, (item, at, of) => read.string(item, at, of));
  }
  get expireAt() {
    const value = this.from['expireAt'];
    return value == null ? read.missing('Webhook.expireAt') : read.dateTime(value, 'Webhook.expireAt', this);
  }
  get failStatus() {
    const value = this.from['failStatus'];
    return value == null ? null : read.int32(value, 'Webhook.failStatus', this);
  }
  get id() {
    const value = this.ownId;
    return value == null ? read.missing('Webhook.id') : read.id(value, 'Webhook.id', this);
  }
  get isEnabled() {
    const value = this.from['isEnabled'];
    return value == null ? read.missing('Webhook.isEnabled') : read.boolean(value, 'Webhook.isEnabled', this);
  }
  get name() {
    const value = this.from['name'];
    return value == null ? read.missing('Webhook.name') : read.string(value, 'Webhook.name', this);
  }
  get secret() {
    const value = this.from['secret'];
    return value == null ? null : read.string(value, 'Webhook.secret', this);
  }
  get updatedAt() {
    const value = this.from['updatedAt'];
    return value == null ? read.missing('Webhook.updatedAt') : read.dateTime(value, 'Webhook.updatedAt', this);
  }
  get updatedBy() {
    const value = this.from['updatedBy'];
    return value == null ? null : read.object(value, 'Webhook.updatedBy', this.unverified, UserInfo);
  }
  get url() {
    const value = this.from['url'];
    return value == null ? read.missing('Webhook.url') : read.string(value, 'Webhook.url', this);
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
      : read.list(value, 'WebhookList.items', this, (item, at, of) => read.object(item, at, of.unverified, Webhook));
  }
  get range() {
    const value = this.from['range'];
    return value == null
      ? read.missing('WebhookList.range')
      : read.object(value, 'WebhookList.range', this.unverified, Range);
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
