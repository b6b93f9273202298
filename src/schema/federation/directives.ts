import type { DirectiveTable } from './place-directives.js';

/** An upstream request weighs 10 objects. */
const ONE_REQUEST = '@cost(weight: 10)';
/** The upstream has no look-up by UUID: it takes a walk through its list. */
const LIST_WALK = '@cost(weight: 40)';

const PAGE =
  '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)';
const FEW = '@listSize(assumedSize: 10)';

/** Leaves the schema's writes out of a contract, or lets nothing else in. */
const WRITE = '@tag(name: "write")';
/** Marks what opens something: codes, passwords, signing secrets. */
const SECRET = '@tag(name: "secret")';

/** What the subgraph tells composers and routers about the schema, beyond what GraphQL itself can say. */
export const DIRECTIVES: DirectiveTable = {
  Customer: '@key(fields: "id") @key(fields: "customerUuid")',
  Webhook: '@key(fields: "id")',

  KeyValueEntry: '@shareable',
  PageInfo: '@shareable',
  UserError: '@shareable',
  UserInfo: '@shareable',

  'Query.customer': ONE_REQUEST,
  'Query.customerByUuid': LIST_WALK,
  'Query.customers': `${ONE_REQUEST} ${PAGE}`,
  'Query.upstreamVersion': ONE_REQUEST,
  'Query.webhook': ONE_REQUEST,
  'Query.webhooks': `${ONE_REQUEST} ${PAGE}`,
  'Query.webhookEventTypes': `${ONE_REQUEST} ${FEW}`,
  'Customer.users': `${ONE_REQUEST} ${PAGE}`,
  'CustomerEvent.customer': ONE_REQUEST,
  'CustomerAttributes.items': FEW,
  'UserAttributes.items': FEW,
  'RoleList.items': FEW,
  'Role.items': FEW,

  'Mutation.createCustomer': WRITE,
  'Mutation.updateCustomer': WRITE,
  'Mutation.deleteCustomer': WRITE,
  'Mutation.updateCustomerAttributes': WRITE,
  'Mutation.setCustomerAttributes': WRITE,
  'Mutation.removeCustomerAttribute': WRITE,
  'Mutation.createWebhook': WRITE,
  'Mutation.updateWebhook': WRITE,
  'Mutation.deleteWebhook': WRITE,
  'Mutation.resetWebhookLifetime': WRITE,

  'Customer.activationCode': SECRET,
  'CustomerFilter.activationCode': SECRET,
  'CreateCustomerInput.activationCode': SECRET,
  'FirstAdminUserInput.password': SECRET,
  'UserAuthDataInput.password': SECRET,
  'CreateWebhookInput.secret': SECRET,
  'UpdateWebhookInput.secret': SECRET,
};
