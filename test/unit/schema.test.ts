import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { ERROR_CODES } from '../../src/errors/error-codes.js';
import { UserErrorCode } from '../../src/errors/user-error.js';
import { buildSchema } from '../../src/schema/build-schema.js';
import { printSchemaText } from '../../src/schema/print-schema-text.js';
import { shapes } from '../../src/records/generated/shapes.js';

const schema = buildSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

const fieldTypes = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.values((schema.getType(name) as GraphQLObjectType | GraphQLInputObjectType).getFields()).map((field) => [
      field.name,
      String(field.type),
    ]),
  );

describe('schema.graphql', () => {
  it('is what the code says', () => {
    expect(readFileSync('schema.graphql', 'utf8')).toBe(printSchemaText());
  });
});

describe('Customer', () => {
  it('has every field of the upstream, with its nullability', () => {
    expect(fieldTypes('Customer')).toEqual({
      id: 'ID!',
      customerUuid: 'UUID!',
      companyName: 'String!',
      customerContractType: 'CustomerContractType!',
      activationCode: 'String',
      providerCustomerId: 'String',
      isLocked: 'Boolean',
      lockStatus: 'Boolean!',
      quotaMax: 'Long!',
      quotaUsed: 'Long!',
      userMax: 'Int!',
      userUsed: 'Int!',
      cntInternalUser: 'Int!',
      cntGuestUser: 'Int!',
      webhooksMax: 'Long',
      trialDaysLeft: 'Int',
      createdAt: 'DateTime!',
      updatedAt: 'DateTime',
      lastLoginAt: 'DateTime',
      customerAttributes: 'CustomerAttributes',
      users: 'UserConnection',
    });
  });

  it.each([
    ['Customer', 'Customer', ['users'], []],
    ['User', 'UserItem', [], []],
    ['Webhook', 'Webhook', [], ['secret']],
    ['UserInfo', 'UserInfo', [], []],
    ['WebhookEventType', 'EventType', [], []],
    ['Role', 'Role', [], []],
    ['Right', 'Right', [], []],
    ['UpstreamVersion', 'SoftwareVersionData', [], ['scmRevisionNumber']],
  ] as const)('and %s mirrors the upstream schema %s, required for required', (name, upstream, own, hidden) => {
    const ours = Object.entries(fieldTypes(name))
      .filter(([field]) => !(own as readonly string[]).includes(field))
      .map(([field, type]) => [field, type.endsWith('!')]);
    const theirs = Object.entries<{ required: boolean }>(shapes[upstream])
      .filter(([field]) => !(hidden as readonly string[]).includes(field))
      .map(([field, { required }]) => [field, required]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });
});

describe('every input', () => {
  const spec = JSON.parse(readFileSync('openapi/provisioning.openapi.json', 'utf8')) as {
    components: { schemas: Record<string, { properties: object; required?: string[] }> };
  };

  it.each([
    ['CreateCustomerInput', 'NewCustomerRequest', []],
    ['FirstAdminUserInput', 'FirstAdminUser', []],
    ['UserAuthDataInput', 'UserAuthData', []],
    ['UserAuthMethodInput', 'UserAuthMethod', []],
    ['CreateWebhookInput', 'CreateWebhookRequest', []],
    ['UpdateCustomerInput', 'UpdateCustomerRequest', ['customerContractType']],
    ['UpdateWebhookInput', 'UpdateWebhookRequest', []],
  ])('%s mirrors the upstream schema %s', (name, upstream, suppliedByUs) => {
    const { properties, required = [] } = spec.components.schemas[upstream] ?? { properties: {} };
    const fields = Object.entries(fieldTypes(name)).filter(([field]) => !['id', 'idempotencyKey'].includes(field));
    expect(fields.map(([field]) => field).sort()).toEqual(Object.keys(properties).sort());
    const demanded = fields.filter(([, type]) => type.endsWith('!')).map(([field]) => field);
    expect([...demanded, ...suppliedByUs].sort()).toEqual([...required].sort());
  });
});

describe('every type', () => {
  it('and every field, argument and enum value is described', () => {
    const bare: string[] = [];
    const note = (coordinate: string, description: string | null | undefined): void => {
      if (!description) bare.push(coordinate);
    };
    for (const type of types) {
      note(type.name, type.description);
      if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.description);
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          note(`${type.name}.${field.name}`, field.description);
          if ('args' in field) {
            for (const arg of field.args) note(`${type.name}.${field.name}(${arg.name}:)`, arg.description);
          }
        }
      }
    }
    expect(bare).toEqual([]);
  });

  it('never shows a webhook secret', () => {
    const outputs = types.filter(isObjectType).flatMap((type) => Object.keys(type.getFields()));
    expect(outputs).not.toContain('secret');
    expect(outputs).not.toContain('password');
  });

  it('deprecates what the upstream deprecates, saying since when and what instead', () => {
    const deprecated = types.flatMap((type) => {
      const members = isEnumType(type) ? type.getValues() : 'getFields' in type ? Object.values(type.getFields()) : [];
      return members
        .filter(({ deprecationReason }) => deprecationReason != null)
        .map(({ name, deprecationReason }) => [`${type.name}.${name}`, deprecationReason]);
    });
    expect(deprecated.map(([coordinate]) => coordinate).sort()).toEqual([
      'CreateCustomerInput.activationCode',
      'CreateCustomerInput.lockStatus',
      'Customer.activationCode',
      'Customer.lockStatus',
      'CustomerFilter.activationCode',
      'CustomerFilter.lockStatus',
      'CustomerOrderField.LOCK_STATUS',
      'FirstAdminUserInput.authMethods',
      'FirstAdminUserInput.gender',
      'FirstAdminUserInput.language',
      'FirstAdminUserInput.login',
      'FirstAdminUserInput.needsToChangePassword',
      'FirstAdminUserInput.needsToChangeUserName',
      'FirstAdminUserInput.password',
      'FirstAdminUserInput.title',
      'Mutation.setCustomerAttributes',
      'UpdateCustomerInput.lockStatus',
      'User.gender',
      'User.hasManageableRooms',
      'User.lockStatus',
      'User.login',
      'User.title',
      'User.userAttributes',
      'UserFilter.lockStatus',
      'UserFilter.login',
      'UserInfo.displayName',
      'UserInfo.title',
      'UserOrderField.GENDER',
      'UserOrderField.LOCK_STATUS',
      'UserOrderField.LOGIN',
    ]);
    for (const [coordinate, reason] of deprecated) {
      expect([coordinate, reason]).toEqual([coordinate, expect.stringMatching(/use `|no replacement/)]);
    }
  });
});

describe('the public contract', () => {
  it('has its queries', () => {
    expect(fieldTypes('Query')).toEqual({
      customer: 'Customer',
      customerByUuid: 'Customer',
      customersByIds: '[Customer]',
      customersByProviderCustomerIds: '[CustomerMatches]',
      customers: 'CustomerConnection',
      webhook: 'Webhook',
      webhooks: 'WebhookConnection',
      webhookEventTypes: '[WebhookEventType!]',
      upstreamVersion: 'UpstreamVersion',
    });
    expect(fieldTypes('CustomerMatches')).toEqual({ providerCustomerId: 'String!', customers: '[Customer]!' });
    expect(fieldTypes('Subscription')).toEqual({ customerEvents: 'CustomerEvent' });
  });

  it('has mutations with one input and a payload that carries userErrors, of many in each of its results', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations).toHaveLength(14);
    for (const { name, args, type } of mutations) {
      const stem = name.charAt(0).toUpperCase() + name.slice(1);
      expect(args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([`input: ${stem}Input!`]);
      expect(String(type)).toBe(`${stem}Payload`);
      const { userErrors, results } = fieldTypes(getNamedType(type).name);
      const { userErrors: ofEach } = results ? fieldTypes(results.replace(/[[\]!]/g, '')) : {};
      expect(userErrors ?? ofEach).toBe('[UserError!]!');
    }
  });

  it('has connections of one form', () => {
    for (const noun of ['Customer', 'User', 'Webhook']) {
      expect(fieldTypes(`${noun}Connection`)).toEqual({
        edges: `[${noun}Edge!]!`,
        nodes: `[${noun}]!`,
        pageInfo: 'PageInfo!',
        totalCount: 'Long!',
        isContinuous: 'Boolean!',
      });
      expect(fieldTypes(`${noun}Edge`)).toEqual({ cursor: 'String!', node: noun });
    }
    const { args } = schema.getQueryType()?.getFields()['customers'] ?? { args: [] };
    expect(
      Object.fromEntries(args.map((arg) => [arg.name, `${String(arg.type)} = ${String(arg.defaultValue)}`])),
    ).toEqual({
      filter: 'CustomerFilter = undefined',
      orderBy: '[CustomerOrder!] = undefined',
      first: 'Int = 50',
      after: 'String = undefined',
      offset: 'Int = undefined',
    });
  });

  it('keeps its lists of codes closed', () => {
    expect(fieldTypes('UserError')).toEqual({
      code: 'UserErrorCode!',
      message: 'String!',
      field: '[String!]',
      upstreamCode: 'Int',
    });
    const codes = schema.getType('UserErrorCode');
    expect(isEnumType(codes) && codes.getValues().map(({ name }) => name)).toEqual(Object.keys(UserErrorCode));
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  });
});
