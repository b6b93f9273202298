/** What a caller may be allowed to do. */
export type Scope = 'customers:read' | 'customers:write' | 'webhooks:read' | 'webhooks:write' | 'secrets:read';

/** Schema coordinate → the scope that a caller needs for it. A type's scope holds wherever one is returned. */
export const SCOPES: Readonly<Record<string, Scope>> = {
  Customer: 'customers:read',
  'Customer.activationCode': 'secrets:read',
  'Query.customer': 'customers:read',
  'Query.customerByUuid': 'customers:read',
  'Query.customers': 'customers:read',
  'Subscription.customerEvents': 'customers:read',
  'Mutation.createCustomer': 'customers:write',
  'Mutation.updateCustomer': 'customers:write',
  'Mutation.deleteCustomer': 'customers:write',
  'Mutation.updateCustomerAttributes': 'customers:write',
  'Mutation.setCustomerAttributes': 'customers:write',
  'Mutation.removeCustomerAttribute': 'customers:write',

  Webhook: 'webhooks:read',
  'Query.webhook': 'webhooks:read',
  'Query.webhooks': 'webhooks:read',
  'Query.webhookEventTypes': 'webhooks:read',
  'Mutation.createWebhook': 'webhooks:write',
  'Mutation.updateWebhook': 'webhooks:write',
  'Mutation.deleteWebhook': 'webhooks:write',
  'Mutation.resetWebhookLifetime': 'webhooks:write',
};

/** An argument of a field, down to one of its input fields, that takes a scope: a filter tells what it matches. */
export const ARGUMENT_SCOPES: readonly { field: string; path: readonly string[]; scope: Scope }[] = [
  { field: 'Query.customers', path: ['filter', 'activationCode'], scope: 'secrets:read' },
];

/** Schema coordinates that take a known caller, and no scope. */
export const AUTHENTICATED: readonly string[] = ['Query.upstreamVersion'];
