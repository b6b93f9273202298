// Generated from openapi/provisioning.openapi.json by `npm run generate`. Do not edit.
export interface paths {
  '/v4/provisioning/customers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List customers */
    get: operations['requestCustomers'];
    put?: never;
    /** Create a customer */
    post: operations['createCustomer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/customers/{customer_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one customer */
    get: operations['requestCustomer'];
    /** Change a customer */
    put: operations['updateCustomer'];
    post?: never;
    /** Delete a customer */
    delete: operations['removeCustomer'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/customers/{customer_id}/customerAttributes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a customer's attributes */
    get: operations['requestCustomerAttributes'];
    /** Add or overwrite attributes of a customer */
    put: operations['updateCustomerAttributes'];
    /**
     * Replace all attributes of a customer
     * @deprecated
     */
    post: operations['setCustomerAttributes'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/customers/{customer_id}/customerAttributes/{key}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete one attribute of a customer */
    delete: operations['removeCustomerAttribute'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/customers/{customer_id}/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a customer's users */
    get: operations['requestCustomerUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List tenant webhooks */
    get: operations['requestListOfTenantWebhooks'];
    put?: never;
    /** Create a tenant webhook */
    post: operations['createTenantWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/webhooks/event_types': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List event types */
    get: operations['requestListOfEventTypesForTenant'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/webhooks/{webhook_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one tenant webhook */
    get: operations['requestTenantWebhook'];
    /** Change a tenant webhook */
    put: operations['updateTenantWebhook'];
    post?: never;
    /** Delete a tenant webhook */
    delete: operations['removeTenantWebhook'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/provisioning/webhooks/{webhook_id}/reset_lifetime': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Restart a tenant webhook's lifetime */
    post: operations['resetTenantWebhookLifetime'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/public/software/version': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get API and server version */
    get: operations['requestSoftwareVersion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v4/public/system/info': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get public system information (holds no version field) */
    get: operations['requestSystemInfo'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AttributesResponse: {
      items: components['schemas']['KeyValueEntry'][];
      range: components['schemas']['Range'];
    };
    AuthMethod: {
      isEnabled: boolean;
      /** @description One of basic, active_directory, openid, and radius, which no document from 5.3.1 on names (no enum in source) */
      name: string;
      /**
       * Format: int32
       * @description Smaller value = higher priority
       */
      priority: number;
    };
    CreateWebhookRequest: {
      /** @description Event type names, e.g. customer.created */
      eventTypeNames: string[];
      isEnabled?: boolean;
      /** @description At most 150 characters (operation text) */
      name: string;
      /** @description Key for signing event messages */
      secret?: string;
      /** @description true = send one example event */
      triggerExampleEvent?: boolean;
      /** @description Target URL; https scheme only */
      url: string;
    };
    Customer: {
      /**
       * @deprecated
       * @description Filled for free/demo only; empty for pay
       */
      activationCode?: string;
      /**
       * Format: int32
       * @description Number of guest accounts
       */
      cntGuestUser: number;
      /**
       * Format: int32
       * @description Number of internal accounts
       */
      cntInternalUser: number;
      companyName: string;
      /** Format: date-time */
      createdAt: string;
      customerAttributes?: components['schemas']['CustomerAttributes'];
      /**
       * @description Contract type
       * @enum {string}
       */
      customerContractType: 'demo' | 'free' | 'pay';
      customerUuid: string;
      /** Format: int64 */
      id: number | bigint;
      /**
       * @description true = locked: no user of this customer can log in
       * @default false
       */
      isLocked?: boolean;
      /**
       * Format: date-time
       * @description Latest login seen for the customer
       */
      lastLoginAt?: string;
      /**
       * @deprecated
       * @description Old name of isLocked; use isLocked
       * @default false
       */
      lockStatus: boolean;
      /** @description Provider's own id for the customer */
      providerCustomerId?: string;
      /**
       * Format: int64
       * @description Storage limit in bytes; -1 means unlimited
       */
      quotaMax: number | bigint;
      /**
       * Format: int64
       * @description Bytes in use
       */
      quotaUsed: number | bigint;
      /**
       * Format: int32
       * @description Remaining trial days (demo only); marked as not used
       */
      trialDaysLeft?: number;
      /** Format: date-time */
      updatedAt?: string;
      /**
       * Format: int32
       * @description User limit
       */
      userMax: number;
      /**
       * Format: int32
       * @description Users already allocated
       */
      userUsed: number;
      /**
       * Format: int64
       * @description How many webhooks the customer may have
       */
      webhooksMax?: number | bigint;
    };
    CustomerAttributes: {
      items: components['schemas']['KeyValueEntry'][];
    };
    CustomerList: {
      items: components['schemas']['Customer'][];
      range: components['schemas']['Range'];
    };
    ErrorResponse: {
      /**
       * Format: int32
       * @description HTTP status code
       */
      code: number;
      /** @description Human readable detail */
      debugInfo?: string;
      /**
       * Format: int32
       * @description DRACOON error code; examples show null where none applies
       */
      errorCode?: number;
      /** @description HTTP reason phrase */
      message: string;
    };
    EventType: {
      /** Format: int32 */
      id: number;
      name: string;
      usableCustomerAdminWebhook: boolean;
      usableNodeWebhook: boolean;
      usablePushNotification: boolean;
      /** @description true = can be used by provisioning webhooks */
      usableTenantWebhook: boolean;
    };
    EventTypeList: {
      items: components['schemas']['EventType'][];
    };
    FirstAdminUser: {
      authData?: components['schemas']['UserAuthData'];
      /**
       * @deprecated
       * @description Use authData
       */
      authMethods?: components['schemas']['UserAuthMethod'][];
      email?: string;
      firstName: string;
      /**
       * @deprecated
       * @default n
       */
      gender?: string;
      /**
       * @deprecated
       * @description Language id or ISO 639-1 code
       */
      language?: string;
      lastName: string;
      /** @deprecated */
      login?: string;
      /**
       * @deprecated
       * @description Use authData.mustChangePassword
       */
      needsToChangePassword?: boolean;
      /**
       * @deprecated
       * @default false
       */
      needsToChangeUserName?: boolean;
      /** @description Mail the user; default true for basic, false for other methods */
      notifyUser?: boolean;
      /**
       * @deprecated
       * @description Use authData
       */
      password?: string;
      phone?: string;
      /** @description IETF language tag */
      receiverLanguage?: string;
      /**
       * @deprecated
       * @description Job title
       */
      title?: string;
      userName?: string;
    };
    KeyValueEntry: {
      /** @description Allowed characters for customer attributes: [a-zA-Z0-9_-] */
      key: string;
      value: string;
    };
    NewCustomerRequest: {
      /**
       * @deprecated
       * @description Filled for free/demo only; empty for pay
       */
      activationCode?: string;
      /** @description Default: initial of first name, dot, last name of the first admin */
      companyName?: string;
      customerAttributes?: components['schemas']['CustomerAttributes'];
      /**
       * @description Contract type
       * @enum {string}
       */
      customerContractType: 'demo' | 'free' | 'pay';
      firstAdminUser: components['schemas']['FirstAdminUser'];
      /**
       * @description true = locked: no user of this customer can log in
       * @default false
       */
      isLocked?: boolean;
      /**
       * @deprecated
       * @description Old name of isLocked; use isLocked
       * @default false
       */
      lockStatus?: boolean;
      /** @description Provider's own id for the customer */
      providerCustomerId?: string;
      /**
       * Format: int64
       * @description Storage limit in bytes; -1 means unlimited
       */
      quotaMax: number | bigint;
      /**
       * Format: int32
       * @description Remaining trial days (demo only); marked as not used
       */
      trialDays?: number;
      /**
       * Format: int32
       * @description User limit
       */
      userMax: number;
      /**
       * Format: int64
       * @description How many webhooks the customer may have
       */
      webhooksMax?: number | bigint;
    };
    NewCustomerResponse: {
      /**
       * @deprecated
       * @description Filled for free/demo only; empty for pay
       */
      activationCode?: string;
      companyName: string;
      /** Format: date-time */
      createdAt?: string;
      customerAttributes?: components['schemas']['CustomerAttributes'];
      /**
       * @description Contract type
       * @enum {string}
       */
      customerContractType: 'demo' | 'free' | 'pay';
      customerUuid: string;
      firstAdminUser: components['schemas']['FirstAdminUser'];
      /**
       * Format: int64
       * @description Not in the required list
       */
      id?: number | bigint;
      /**
       * @description true = locked: no user of this customer can log in
       * @default false
       */
      isLocked?: boolean;
      /**
       * @deprecated
       * @description Old name of isLocked; use isLocked
       * @default false
       */
      lockStatus: boolean;
      /** @description Provider's own id for the customer */
      providerCustomerId?: string;
      /**
       * Format: int64
       * @description Storage limit in bytes; -1 means unlimited
       */
      quotaMax: number | bigint;
      /**
       * Format: int32
       * @description Remaining trial days (demo only); marked as not used
       */
      trialDays?: number;
      /**
       * Format: int32
       * @description User limit
       */
      userMax: number;
      /**
       * Format: int64
       * @description How many webhooks the customer may have
       */
      webhooksMax?: number | bigint;
    };
    PasswordPolicyViolationResponse: {
      /**
       * Format: int32
       * @description HTTP status code
       */
      code: number;
      /** @description Human readable detail */
      debugInfo?: string;
      /**
       * Format: int32
       * @description DRACOON error code
       */
      errorCode?: number;
      /** @description HTTP reason phrase */
      message: string;
      violatedPasswordPolicies?: components['schemas']['ViolatedPasswordPolicy'][];
    };
    Range: {
      /**
       * Format: int64
       * @description Page size in effect; at most 500
       */
      limit: number | bigint;
      /**
       * Format: int64
       * @description Index of the first item
       */
      offset: number | bigint;
      /**
       * Format: int64
       * @description Number of items available
       */
      total: number | bigint;
    };
    Right: {
      description: string;
      /** Format: int32 */
      id: number;
      /** @description Unique name */
      name: string;
    };
    Role: {
      description: string;
      /** Format: int32 */
      id: number;
      /** @description Rights reachable through the role */
      items?: components['schemas']['Right'][];
      /** @description Unique name */
      name: string;
    };
    RoleList: {
      items: components['schemas']['Role'][];
    };
    SoftwareVersionData: {
      /** Format: date-time */
      buildDate: string;
      /** @description true = server runs in the DRACOON cloud */
      isDracoonCloud?: boolean;
      restApiVersion: string;
      scmRevisionNumber: string;
      /** @description Version of the Core server */
      sdsServerVersion: string;
      /** @description Version of the software */
      version?: string;
    };
    SystemInfo: {
      /**
       * @deprecated
       * @description Enabled login methods
       */
      authMethods: components['schemas']['AuthMethod'][];
      /** @deprecated */
      hideLoginInputFields: boolean;
      /** @description RFC 5646 language tag */
      languageDefault: string;
      s3EnforceDirectUpload: boolean;
      /** @description S3 hosts for a CSP header */
      s3Hosts: string[];
      useS3Storage: boolean;
    };
    UpdateCustomerRequest: {
      companyName?: string;
      /**
       * @description Contract type
       * @enum {string}
       */
      customerContractType: 'demo' | 'free' | 'pay';
      /**
       * @description true = locked: no user of this customer can log in
       * @default false
       */
      isLocked?: boolean;
      /**
       * @deprecated
       * @description Old name of isLocked; use isLocked
       * @default false
       */
      lockStatus?: boolean;
      /** @description Provider's own id for the customer */
      providerCustomerId?: string;
      /**
       * Format: int64
       * @description Storage limit in bytes; -1 means unlimited
       */
      quotaMax?: number | bigint;
      /**
       * Format: int32
       * @description User limit
       */
      userMax?: number;
      /**
       * Format: int64
       * @description How many webhooks the customer may have
       */
      webhooksMax?: number | bigint;
    };
    UpdateCustomerResponse: {
      /**
       * @deprecated
       * @description Filled for free/demo only; empty for pay
       */
      activationCode?: string;
      companyName: string;
      /** Format: date-time */
      createdAt?: string;
      customerAttributes?: components['schemas']['CustomerAttributes'];
      /**
       * @description Contract type
       * @enum {string}
       */
      customerContractType: 'demo' | 'free' | 'pay';
      customerUuid: string;
      /** Format: int64 */
      id: number | bigint;
      /**
       * @description true = locked: no user of this customer can log in
       * @default false
       */
      isLocked?: boolean;
      /**
       * @deprecated
       * @description Old name of isLocked; use isLocked
       * @default false
       */
      lockStatus: boolean;
      /** @description Provider's own id for the customer */
      providerCustomerId?: string;
      /**
       * Format: int64
       * @description Storage limit in bytes; -1 means unlimited
       */
      quotaMax: number | bigint;
      /**
       * Format: int32
       * @description Remaining trial days (demo only); marked as not used
       */
      trialDays?: number;
      /** Format: date-time */
      updatedAt?: string;
      /**
       * Format: int32
       * @description User limit
       */
      userMax: number;
      /**
       * Format: int64
       * @description How many webhooks the customer may have
       */
      webhooksMax?: number | bigint;
    };
    UpdateWebhookRequest: {
      /** @description Event type names, e.g. customer.created */
      eventTypeNames?: string[];
      isEnabled?: boolean;
      /** @description At most 150 characters (operation text) */
      name?: string;
      /** @description Key for signing event messages */
      secret?: string;
      /** @description true = send one example event */
      triggerExampleEvent?: boolean;
      /** @description Target URL; https scheme only */
      url?: string;
    };
    /** @deprecated */
    UserAttributes: {
      items: components['schemas']['KeyValueEntry'][];
    };
    UserAuthData: {
      /**
       * Format: int32
       * @description Active Directory configuration id
       */
      adConfigId?: number;
      /** @description Login name */
      login?: string;
      /** @description One of basic, active_directory, openid, and radius, which no document from 5.3.1 on names (no enum in source) */
      method: string;
      /** @description Default true for basic, false for other methods */
      mustChangePassword?: boolean;
      /**
       * Format: int32
       * @description OpenID Connect provider id
       */
      oidConfigId?: number;
      /** @description For method basic only */
      password?: string;
    };
    /** @deprecated */
    UserAuthMethod: {
      /** @description One of basic, active_directory, openid, and radius, which no document from 5.3.1 on names (no enum in source) */
      authId: string;
      isEnabled: boolean;
      /** @description Method options, see x-auth-method-options of createCustomer */
      options?: components['schemas']['KeyValueEntry'][];
    };
    UserInfo: {
      avatarUuid: string;
      /**
       * @deprecated
       * @description Build it from the other fields
       */
      displayName?: string;
      email?: string;
      /** @description Always set for internal users */
      firstName: string;
      /** Format: int64 */
      id: number | bigint;
      /** @description Always set for internal users */
      lastName: string;
      /**
       * @deprecated
       * @description Job title
       */
      title?: string;
      /** @description Returned for internal users only */
      userName: string;
      /**
       * @description internal = normal user, external = no account, system = non-human, deleted = removed user
       * @enum {string}
       */
      userType: 'system' | 'internal' | 'external' | 'deleted';
    };
    UserItem: {
      avatarUuid: string;
      /** Format: date-time */
      createdAt?: string;
      email?: string;
      /**
       * Format: date-time
       * @description Account expiry
       */
      expireAt?: string;
      firstName: string;
      /**
       * @deprecated
       * @default n
       */
      gender?: string;
      /** @deprecated */
      hasManageableRooms?: boolean;
      /** Format: int64 */
      homeRoomId?: number | bigint;
      /** Format: int64 */
      id: number | bigint;
      /** @description true = user owns a key pair for client-side encryption */
      isEncryptionEnabled?: boolean;
      /**
       * @description true = user cannot log in
       * @default false
       */
      isLocked: boolean;
      /** Format: date-time */
      lastLoginSuccessAt?: string;
      lastName: string;
      /**
       * Format: int32
       * @deprecated
       * @description 0 locked, 1 web access, 2 web and mobile access; use isLocked
       */
      lockStatus: number;
      /** @deprecated */
      login: string;
      phone?: string;
      /**
       * @deprecated
       * @description Job title
       */
      title?: string;
      userAttributes?: components['schemas']['UserAttributes'];
      userName: string;
      userRoles?: components['schemas']['RoleList'];
    };
    UserList: {
      items: components['schemas']['UserItem'][];
      range: components['schemas']['Range'];
    };
    ViolatedPasswordPolicy: {
      /** @description Validator message */
      message?: string;
      /** @description Policy name */
      name?: string;
    };
    Webhook: {
      /** Format: date-time */
      createdAt: string;
      createdBy?: components['schemas']['UserInfo'];
      eventTypeNames: string[];
      /**
       * Format: date-time
       * @description End of the webhook's lifetime
       */
      expireAt: string;
      /**
       * Format: int32
       * @description Last HTTP status once delivery failures disabled the webhook
       */
      failStatus?: number;
      /** Format: int64 */
      id: number | bigint;
      isEnabled: boolean;
      name: string;
      /** @description Key for signing event messages */
      secret?: string;
      /** Format: date-time */
      updatedAt: string;
      updatedBy?: components['schemas']['UserInfo'];
      url: string;
    };
    WebhookList: {
      items: components['schemas']['Webhook'][];
      range: components['schemas']['Range'];
    };
  };
  responses: never;
  parameters: {
    /** @description Format of date values in the response; the source gives no default */
    DateFormat: 'UTC' | 'LOCAL' | 'OFFSET' | 'EPOCH' | 'LEET';
    /** @description Service token; optional in the source's schema but its text requires it */
    ServiceToken: string;
    CustomerId: number | bigint;
    WebhookId: number | bigint;
    /** @description Attribute key; characters [a-zA-Z0-9_-] */
    AttributeKey: string;
    /** @description Index of the first item to return */
    Offset: number;
    /** @description Page size; text says at most 500, schema has no bound and no default */
    Limit: number;
    /** @description FIELD:OP:VALUE[:VALUE...] terms joined by |; see x-filter-fields of the operation */
    Filter: string;
    /** @description FIELD:asc or FIELD:desc; several joined by |; see x-sort-fields of the operation */
    Sort: string;
    /** @description true = fill customerAttributes */
    IncludeCustomerAttributes: boolean;
    /** @description true = fill userAttributes */
    IncludeUserAttributes: boolean;
    /** @description true = fill userRoles */
    IncludeRoles: boolean;
    /** @description true = fill hasManageableRooms; called deprecated in the text, not flagged */
    IncludeManageableRooms: boolean;
    /** @description true = only enabled authentication methods */
    IsEnabled: boolean;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  requestCustomers: {
    parameters: {
      query?: {
        /** @description Index of the first item to return */
        offset?: components['parameters']['Offset'];
        /** @description Page size; text says at most 500, schema has no bound and no default */
        limit?: components['parameters']['Limit'];
        /** @description FIELD:OP:VALUE[:VALUE...] terms joined by |; see x-filter-fields of the operation */
        filter?: components['parameters']['Filter'];
        /** @description FIELD:asc or FIELD:desc; several joined by |; see x-sort-fields of the operation */
        sort?: components['parameters']['Sort'];
        /** @description true = fill customerAttributes */
        include_attributes?: components['parameters']['IncludeCustomerAttributes'];
      };
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CustomerList'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  createCustomer: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCustomerRequest'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewCustomerResponse'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['ErrorResponse'] | components['schemas']['PasswordPolicyViolationResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Payment Required */
      402: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Conflict */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestCustomer: {
    parameters: {
      query?: {
        /** @description true = fill customerAttributes */
        include_attributes?: components['parameters']['IncludeCustomerAttributes'];
      };
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Customer'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  updateCustomer: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateCustomerRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UpdateCustomerResponse'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Payment Required */
      402: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  removeCustomer: {
    parameters: {
      query?: never;
      header?: {
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestCustomerAttributes: {
    parameters: {
      query?: {
        /** @description Index of the first item to return */
        offset?: components['parameters']['Offset'];
        /** @description Page size; text says at most 500, schema has no bound and no default */
        limit?: components['parameters']['Limit'];
        /** @description FIELD:OP:VALUE[:VALUE...] terms joined by |; see x-filter-fields of the operation */
        filter?: components['parameters']['Filter'];
        /** @description FIELD:asc or FIELD:desc; several joined by |; see x-sort-fields of the operation */
        sort?: components['parameters']['Sort'];
      };
      header?: {
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttributesResponse'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  updateCustomerAttributes: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CustomerAttributes'];
      };
    };
    responses: {
      /** @description OK (deprecated by the source; a later version answers 204 without a body) */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Customer'];
        };
      };
      /** @description No Content, in the place of 200 */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  setCustomerAttributes: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CustomerAttributes'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Customer'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  removeCustomerAttribute: {
    parameters: {
      query?: never;
      header?: {
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
        /** @description Attribute key; characters [a-zA-Z0-9_-] */
        key: components['parameters']['AttributeKey'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestCustomerUsers: {
    parameters: {
      query?: {
        /** @description Index of the first item to return */
        offset?: components['parameters']['Offset'];
        /** @description Page size; text says at most 500, schema has no bound and no default */
        limit?: components['parameters']['Limit'];
        /** @description FIELD:OP:VALUE[:VALUE...] terms joined by |; see x-filter-fields of the operation */
        filter?: components['parameters']['Filter'];
        /** @description FIELD:asc or FIELD:desc; several joined by |; see x-sort-fields of the operation */
        sort?: components['parameters']['Sort'];
        /** @description true = fill userAttributes */
        include_attributes?: components['parameters']['IncludeUserAttributes'];
        /** @description true = fill userRoles */
        include_roles?: components['parameters']['IncludeRoles'];
        /** @description true = fill hasManageableRooms; called deprecated in the text, not flagged */
        include_manageable_rooms?: components['parameters']['IncludeManageableRooms'];
      };
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        customer_id: components['parameters']['CustomerId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserList'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestListOfTenantWebhooks: {
    parameters: {
      query?: {
        /** @description Index of the first item to return */
        offset?: components['parameters']['Offset'];
        /** @description Page size; text says at most 500, schema has no bound and no default */
        limit?: components['parameters']['Limit'];
        /** @description FIELD:OP:VALUE[:VALUE...] terms joined by |; see x-filter-fields of the operation */
        filter?: components['parameters']['Filter'];
        /** @description FIELD:asc or FIELD:desc; several joined by |; see x-sort-fields of the operation */
        sort?: components['parameters']['Sort'];
      };
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookList'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  createTenantWebhook: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateWebhookRequest'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestListOfEventTypesForTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventTypeList'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestTenantWebhook: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        webhook_id: components['parameters']['WebhookId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  updateTenantWebhook: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        webhook_id: components['parameters']['WebhookId'];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateWebhookRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  removeTenantWebhook: {
    parameters: {
      query?: never;
      header?: {
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        webhook_id: components['parameters']['WebhookId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  resetTenantWebhookLifetime: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
        /** @description Service token; optional in the source's schema but its text requires it */
        'X-Sds-Service-Token'?: components['parameters']['ServiceToken'];
      };
      path: {
        webhook_id: components['parameters']['WebhookId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestSoftwareVersion: {
    parameters: {
      query?: never;
      header?: {
        /** @description Format of date values in the response; the source gives no default */
        'X-Sds-Date-Format'?: components['parameters']['DateFormat'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SoftwareVersionData'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
  requestSystemInfo: {
    parameters: {
      query?: {
        /** @description true = only enabled authentication methods */
        is_enabled?: components['parameters']['IsEnabled'];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemInfo'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
      /** @description Not Acceptable */
      406: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErrorResponse'];
        };
      };
    };
  };
}
