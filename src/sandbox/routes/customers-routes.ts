import { ApiFailure } from '../http/errors.js';
import type { Answer, ProviderRequest, Route } from '../http/route.js';
import { createCustomerQuery, type CustomerQuery } from '../query/customer-query.js';
import { readRange, toPage } from '../query/paging.js';
import type { SandboxSettings } from '../settings.js';
import type { ContractType, Customer } from '../store/model.js';
import type { Provider } from '../store/provider.js';
import { readBody } from '../validation/body-reader.js';
import { readCustomerFields } from '../validation/customer-fields.js';
import { createCustomer } from './create-customer.js';
import { toCustomerJson, toUpdatedCustomerJson } from './customer-json.js';
import { findCustomer } from './find-customer.js';

/** Which changes of contract are legal is not documented; these are the sandbox's assumption. */
const CONTRACT_CHANGES: Readonly<Record<ContractType, readonly ContractType[]>> = {
  demo: ['demo', 'free', 'pay'],
  free: ['free', 'pay'],
  pay: ['pay'],
};

const wantsAttributes = (query: URLSearchParams): boolean => query.get('include_attributes') === 'true';

function getCustomer(request: ProviderRequest): Answer {
  const customer = findCustomer(request);
  const attributes = wantsAttributes(request.query) ? request.provider.customers.attributesOf(customer.id) : undefined;
  return { status: 200, body: toCustomerJson(customer, request.writeDate, attributes) };
}

function updateCustomer(request: ProviderRequest, updatedAt: number): Answer {
  const customer = findCustomer(request);
  const { contractType, ...fields } = readCustomerFields(readBody(request.body));
  if (!CONTRACT_CHANGES[customer.contractType].includes(contractType)) {
    throw new ApiFailure('invalidContractTransition');
  }
  const updated: Customer = {
    ...customer,
    contractType,
    companyName: fields.companyName ?? customer.companyName,
    providerCustomerId: fields.providerCustomerId ?? customer.providerCustomerId,
    quotaMax: fields.quotaMax ?? customer.quotaMax,
    userMax: fields.userMax ?? customer.userMax,
    webhooksMax: fields.webhooksMax ?? customer.webhooksMax,
    isLocked: fields.isLocked ?? customer.isLocked,
    activationCode: contractType === 'pay' ? undefined : customer.activationCode,
    trialDays: contractType === 'demo' ? customer.trialDays : undefined,
    updatedAt,
  };
  request.provider.customers.replace(updated);
  return { status: 200, body: toUpdatedCustomerJson(updated, request.writeDate) };
}

function removeCustomer(request: ProviderRequest): Answer {
  request.provider.customers.remove(findCustomer(request).id);
  return { status: 204 };
}

export function createCustomersRoutes(settings: SandboxSettings): Route[] {
  const queries = new WeakMap<Provider, CustomerQuery>();

  const queryOf = (provider: Provider): CustomerQuery => {
    const query = queries.get(provider) ?? createCustomerQuery(provider.customers, settings);
    queries.set(provider, query);
    return query;
  };

  const listCustomers = ({ provider, query, writeDate }: ProviderRequest): Answer => {
    const range = readRange(query, settings);
    const selected = queryOf(provider)(query.get('filter'), query.get('sort'));
    const attributesOf = wantsAttributes(query) ? (id: bigint) => provider.customers.attributesOf(id) : undefined;
    return {
      status: 200,
      body: toPage(selected, range, (customer) => toCustomerJson(customer, writeDate, attributesOf?.(customer.id))),
    };
  };
  const create = (request: ProviderRequest): Answer => ({ status: 201, body: createCustomer(request, settings) });
  const update = (request: ProviderRequest): Answer => updateCustomer(request, settings.now().getTime());

  const list = { path: '/v4/provisioning/customers', access: 'provider' } as const;
  const one = { path: '/v4/provisioning/customers/{customer_id}', access: 'provider' } as const;
  return [
    { ...list, operationId: 'requestCustomers', method: 'GET', handle: listCustomers },
    { ...list, operationId: 'createCustomer', method: 'POST', handle: create },
    { ...one, operationId: 'requestCustomer', method: 'GET', handle: getCustomer },
    { ...one, operationId: 'updateCustomer', method: 'PUT', handle: update },
    { ...one, operationId: 'removeCustomer', method: 'DELETE', handle: removeCustomer },
  ];
}
