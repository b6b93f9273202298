import changeQuotaOrLock from './examples/change-quota-or-lock.graphql';
import changeQuotaOrLockVariables from './examples/change-quota-or-lock.variables.json';
import createCustomer from './examples/create-customer.graphql';
import createCustomerVariables from './examples/create-customer.variables.json';
import customerInDetail from './examples/customer-in-detail.graphql';
import customerInDetailVariables from './examples/customer-in-detail.variables.json';
import customersByName from './examples/customers-by-name.graphql';
import customersNeedingAttention from './examples/customers-needing-attention.graphql';
import customersNeedingAttentionVariables from './examples/customers-needing-attention.variables.json';
import followCustomers from './examples/follow-customers.graphql';
import pageThroughCustomers from './examples/page-through-customers.graphql';
import pageThroughCustomersVariables from './examples/page-through-customers.variables.json';
import upstreamVersion from './examples/upstream-version.graphql';
import webhooksAndEventTypes from './examples/webhooks-and-event-types.graphql';

/** One tab of the editor: an operation and, where it declares any, its variables as JSON text. */
export interface Example {
  readonly query: string;
  readonly variables?: string;
}

/** The tabs that a first visit opens, in this order. */
export const examples: Example[] = [
  { query: customersByName },
  { query: customerInDetail, variables: toJsonText(customerInDetailVariables) },
  { query: customersNeedingAttention, variables: toJsonText(customersNeedingAttentionVariables) },
  { query: pageThroughCustomers, variables: toJsonText(pageThroughCustomersVariables) },
  { query: createCustomer, variables: toJsonText(createCustomerVariables) },
  { query: changeQuotaOrLock, variables: toJsonText(changeQuotaOrLockVariables) },
  { query: followCustomers },
  { query: webhooksAndEventTypes },
  { query: upstreamVersion },
];

function toJsonText(variables: object): string {
  return JSON.stringify(variables, null, 2);
}
