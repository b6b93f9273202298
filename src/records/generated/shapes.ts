// Generated from openapi/provisioning.openapi.json by `npm run generate`. Do not edit.

/** What each response schema promises: the kind of every property and whether it is required. */
export const shapes = {
  AttributesResponse: {
    items: {
      kind: 'list:object:KeyValueEntry',
      required: true,
    },
    range: {
      kind: 'object:Range',
      required: true,
    },
  },
  AuthMethod: {
    isEnabled: {
      kind: 'boolean',
      required: true,
    },
    name: {
      kind: 'string',
      required: true,
    },
    priority: {
      kind: 'int32',
      required: true,
    },
  },
  Customer: {
    activationCode: {
      kind: 'string',
      required: false,
    },
    cntGuestUser: {
      kind: 'int32',
      required: true,
    },
    cntInternalUser: {
      kind: 'int32',
      required: true,
    },
    companyName: {
      kind: 'string',
      required: true,
    },
    createdAt: {
      kind: 'date-time',
      required: true,
    },
    customerAttributes: {
      kind: 'object:CustomerAttributes',
      required: false,
    },
    customerContractType: {
      kind: 'enum:demo|free|pay',
      required: true,
    },
    customerUuid: {
      kind: 'uuid',
      required: true,
    },
    id: {
      kind: 'id',
      required: true,
    },
    isLocked: {
      kind: 'boolean',
      required: false,
    },
    lastLoginAt: {
      kind: 'date-time',
      required: false,
    },
    lockStatus: {
      kind: 'boolean',
      required: true,
    },
    providerCustomerId: {
      kind: 'string',
      required: false,
    },
    quotaMax: {
      kind: 'int64',
      required: true,
    },
    quotaUsed: {
      kind: 'int64',
      required: true,
    },
    trialDaysLeft: {
      kind: 'int32',
      required: false,
    },
    updatedAt: {
      kind: 'date-time',
      required: false,
    },
    userMax: {
      kind: 'int32',
      required: true,
    },
    userUsed: {
      kind: 'int32',
      required: true,
    },
    webhooksMax: {
      kind: 'int64',
      required: false,
    },
  },
  CustomerAttributes: {
    items: {
      kind: 'list:object:KeyValueEntry',
      required: true,
    },
  },
  CustomerList: {
    items: {
      kind: 'list:object:Customer',
      required: true,
    },
    range: {
      kind: 'object:Range',
      required: true,
    },
  },
  EventType: {
    id: {
      kind: 'id',
      required: true,
    },
    name: {
      kind: 'string',
      required: true,
    },
    usableCustomerAdminWebhook: {
      kind: 'boolean',
      required: true,
    },
    usableNodeWebhook: {
      kind: 'boolean',
      required: true,
    },
    usablePushNotification: {
      kind: 'boolean',
      required: true,
    },
    usableTenantWebhook: {
      kind: 'boolean',
      required: true,
    },
  },
  EventTypeList: {
    items: {
      kind: 'list:object:EventType',
      required: true,
    },
  },
  FirstAdminUser: {
    authData: {
      kind: 'object:UserAuthData',
      required: false,
    },
    authMethods: {
      kind: 'list:object:UserAuthMethod',
      required: false,
    },
    email: {
      kind: 'string',
      required: false,
    },
    firstName: {
      kind: 'string',
      required: true,
    },
    gender: {
      kind: 'string',
      required: false,
    },
    language: {
      kind: 'string',
      required: false,
    },
    lastName: {
      kind: 'string',
      required: true,
    },
    login: {
      kind: 'string',
      required: false,
    },
    needsToChangePassword: {
      kind: 'boolean',
      required: false,
    },
    needsToChangeUserName: {
      kind: 'boolean',
      required: false,
    },
    notifyUser: {
      kind: 'boolean',
      required: false,
    },
    password: {
      kind: 'string',
      required: false,
    },
    phone: {
      kind: 'string',
      required: false,
    },
    receiverLanguage: {
      kind: 'string',
      required: false,
    },
    title: {
      kind: 'string',
      required: false,
    },
    userName: {
      kind: 'string',
      required: false,
    },
  },
  KeyValueEntry: {
    key: {
      kind: 'string',
      required: true,
    },
    value: {
      kind: 'string',
      required: true,
    },
  },
  NewCustomerResponse: {
    activationCode: {
      kind: 'string',
      required: false,
    },
    companyName: {
      kind: 'string',
      required: true,
    },
    createdAt: {
      kind: 'date-time',
      required: false,
    },
    customerAttributes: {
      kind: 'object:CustomerAttributes',
      required: false,
    },
    customerContractType: {
      kind: 'enum:demo|free|pay',
      required: true,
    },
    customerUuid: {
      kind: 'uuid',
      required: true,
    },
    firstAdminUser: {
      kind: 'object:FirstAdminUser',
      required: true,
    },
    id: {
      kind: 'id',
      required: false,
    },
    isLocked: {
      kind: 'boolean',
      required: false,
    },
    lockStatus: {
      kind: 'boolean',
      required: true,
    },
    providerCustomerId: {
      kind: 'string',
      required: false,
    },
    quotaMax: {
      kind: 'int64',
      required: true,
    },
    trialDays: {
      kind: 'int32',
      required: false,
    },
    userMax: {
      kind: 'int32',
      required: true,
    },
    webhooksMax: {
      kind: 'int64',
      required: false,
    },
  },
  Range: {
    limit: {
      kind: 'int64',
      required: true,
    },
    offset: {
      kind: 'int64',
      required: true,
    },
    total: {
      kind: 'int64',
      required: true,
    },
  },
  Right: {
    description: {
      kind: 'string',
      required: true,
    },
    id: {
      kind: 'id',
      required: true,
    },
    name: {
      kind: 'string',
      required: true,
    },
  },
  Role: {
    description: {
      kind: 'string',
      required: true,
    },
    id: {
      kind: 'id',
      required: true,
    },
    items: {
      kind: 'list:object:Right',
      required: false,
    },
    name: {
      kind: 'string',
      required: true,
    },
  },
  RoleList: {
    items: {
      kind: 'list:object:Role',
      required: true,
    },
  },
  SoftwareVersionData: {
    buildDate: {
      kind: 'date-time',
      required: true,
    },
    isDracoonCloud: {
      kind: 'boolean',
      required: false,
    },
    restApiVersion: {
      kind: 'string',
      required: true,
    },
    scmRevisionNumber: {
      kind: 'string',
      required: true,
    },
    sdsServerVersion: {
      kind: 'string',
      required: true,
    },
    version: {
      kind: 'string',
      required: false,
    },
  },
  SystemInfo: {
    authMethods: {
      kind: 'list:object:AuthMethod',
      required: true,
    },
    hideLoginInputFields: {
      kind: 'boolean',
      required: true,
    },
    languageDefault: {
      kind: 'string',
      required: true,
    },
    s3EnforceDirectUpload: {
      kind: 'boolean',
      required: true,
    },
    s3Hosts: {
      kind: 'list:string',
      required: true,
    },
    useS3Storage: {
      kind: 'boolean',
      required: true,
    },
  },
  UpdateCustomerResponse: {
    activationCode: {
      kind: 'string',
      required: false,
    },
    companyName: {
      kind: 'string',
      required: true,
    },
    createdAt: {
      kind: 'date-time',
      required: false,
    },
    customerAttributes: {
      kind: 'object:CustomerAttributes',
      required: false,
    },
    customerContractType: {
      kind: 'enum:demo|free|pay',
      required: true,
    },
    customerUuid: {
      kind: 'uuid',
      required: true,
    },
    id: {
      kind: 'id',
      required: true,
    },
    isLocked: {
      kind: 'boolean',
      required: false,
    },
    lockStatus: {
      kind: 'boolean',
      required: true,
    },
    providerCustomerId: {
      kind: 'string',
      required: false,
    },
    quotaMax: {
      kind: 'int64',
      required: true,
    },
    trialDays: {
      kind: 'int32',
      required: false,
    },
    updatedAt: {
      kind: 'date-time',
      required: false,
    },
    userMax: {
      kind: 'int32',
      required: true,
    },
    webhooksMax: {
      kind: 'int64',
      required: false,
    },
  },
  UserAttributes: {
    items: {
      kind: 'list:object:KeyValueEntry',
      required: true,
    },
  },
  UserAuthData: {
    adConfigId: {
      kind: 'id',
      required: false,
    },
    login: {
      kind: 'string',
      required: false,
    },
    method: {
      kind: 'string',
      required: true,
    },
    mustChangePassword: {
      kind: 'boolean',
      required: false,
    },
    oidConfigId: {
      kind: 'id',
      required: false,
    },
    password: {
      kind: 'string',
      required: false,
    },
  },
  UserAuthMethod: {
    authId: {
      kind: 'string',
      required: true,
    },
    isEnabled: {
      kind: 'boolean',
      required: true,
    },
    options: {
      kind: 'list:object:KeyValueEntry',
      required: false,
    },
  },
  UserInfo: {
    avatarUuid: {
      kind: 'string',
      required: true,
    },
    displayName: {
      kind: 'string',
      required: false,
    },
    email: {
      kind: 'string',
      required: false,
    },
    firstName: {
      kind: 'string',
      required: true,
    },
    id: {
      kind: 'id',
      required: true,
    },
    lastName: {
      kind: 'string',
      required: true,
    },
    title: {
      kind: 'string',
      required: false,
    },
    userName: {
      kind: 'string',
      required: true,
    },
    userType: {
      kind: 'enum:system|internal|external|deleted',
      required: true,
    },
  },
  UserItem: {
    avatarUuid: {
      kind: 'string',
      required: true,
    },
    createdAt: {
      kind: 'date-time',
      required: false,
    },
    email: {
      kind: 'string',
      required: false,
    },
    expireAt: {
      kind: 'date-time',
      required: false,
    },
    firstName: {
      kind: 'string',
      required: true,
    },
    gender: {
      kind: 'string',
      required: false,
    },
    hasManageableRooms: {
      kind: 'boolean',
      required: false,
    },
    homeRoomId: {
      kind: 'id',
      required: false,
    },
    id: {
      kind: 'id',
      required: true,
    },
    isEncryptionEnabled: {
      kind: 'boolean',
      required: false,
    },
    isLocked: {
      kind: 'boolean',
      required: true,
    },
    lastLoginSuccessAt: {
      kind: 'date-time',
      required: false,
    },
    lastName: {
      kind: 'string',
      required: true,
    },
    lockStatus: {
      kind: 'int32',
      required: true,
    },
    login: {
      kind: 'string',
      required: true,
    },
    phone: {
      kind: 'string',
      required: false,
    },
    title: {
      kind: 'string',
      required: false,
    },
    userAttributes: {
      kind: 'object:UserAttributes',
      required: false,
    },
    userName: {
      kind: 'string',
      required: true,
    },
    userRoles: {
      kind: 'object:RoleList',
      required: false,
    },
  },
  UserList: {
    items: {
      kind: 'list:object:UserItem',
      required: true,
    },
    range: {
      kind: 'object:Range',
      required: true,
    },
  },
  Webhook: {
    createdAt: {
      kind: 'date-time',
      required: true,
    },
    createdBy: {
      kind: 'object:UserInfo',
      required: false,
    },
    eventTypeNames: {
      kind: 'list:string',
      required: true,
    },
    expireAt: {
      kind: 'date-time',
      required: true,
    },
    failStatus: {
      kind: 'int32',
      required: false,
    },
    id: {
      kind: 'id',
      required: true,
    },
    isEnabled: {
      kind: 'boolean',
      required: true,
    },
    name: {
      kind: 'string',
      required: true,
    },
    secret: {
      kind: 'string',
      required: false,
    },
    updatedAt: {
      kind: 'date-time',
      required: true,
    },
    updatedBy: {
      kind: 'object:UserInfo',
      required: false,
    },
    url: {
      kind: 'string',
      required: true,
    },
  },
  WebhookList: {
    items: {
      kind: 'list:object:Webhook',
      required: true,
    },
    range: {
      kind: 'object:Range',
      required: true,
    },
  },
} as const;
