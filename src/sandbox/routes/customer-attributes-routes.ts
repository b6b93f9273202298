import { ApiFailure } from '../http/errors.js';
import type { Answer, ProviderRequest, Route } from '../http/route.js';
import { queryAttributes } from '../query/attribute-query.js';
import { readRange, toPage } from '../query/paging.js';
import type { SandboxSettings } from '../settings.js';
import type { Customer, KeyValue } from '../store/model.js';
import {
  checkAttributeCount,
  checkAttributeKey,
  foldKey,
  mergeAttributes,
  readAttributes,
} from '../validation/attributes.js';
import { readBody } from '../validation/body-reader.js';
import { toCustomerJson } from './customer-json.js';
import { findCustomer } from './find-customer.js';

/** The one paged list which does not document -80024. */
const RANGE_FAILURES = { notANumber: 'invalidNumber', outOfBounds: 'invalidPositiveNumber' } as const;

/** Of servers from 5.3.1 on. */
const MAX_OF_CUSTOMER = 500;

class AttributesRoutes {
  constructor(private readonly settings: SandboxSettings) {}

  list(request: ProviderRequest): Answer {
    const { provider, query } = request;
    const customer = findCustomer(request);
    const range = readRange(query, this.settings, RANGE_FAILURES);
    const attributes = provider.customers.attributesOf(customer.id);
    const selected = queryAttributes(attributes, query.get('filter'), query.get('sort'));
    return { status: 200, body: toPage(selected, range, (attribute) => attribute) };
  }

  replaceAll(request: ProviderRequest): Answer {
    const customer = findCustomer(request);
    const attributes = readAttributes(readBody(request.body));
    const updated = this.save(request, customer, attributes);
    return { status: 201, body: toCustomerJson(updated, request.writeDate, attributes) };
  }

  merge(request: ProviderRequest): Answer {
    const customer = findCustomer(request);
    const changes = readAttributes(readBody(request.body));
    const attributes = mergeAttributes(request.provider.customers.attributesOf(customer.id), changes);
    checkAttributeCount(attributes, MAX_OF_CUSTOMER);
    const updated = this.save(request, customer, attributes);
    if (this.settings.attributesPutStatus === 204) return { status: 204 };
    return { status: 200, body: toCustomerJson(updated, request.writeDate, attributes) };
  }

  remove(request: ProviderRequest): Answer {
    const customer = findCustomer(request);
    const key = foldKey(checkAttributeKey(request.params['key'] ?? ''));
    const attributes = request.provider.customers.attributesOf(customer.id);
    const remaining = attributes.filter((attribute) => foldKey(attribute.key) !== key);
    if (remaining.length === attributes.length) throw new ApiFailure('attributeNotFound');
    this.save(request, customer, remaining);
    return { status: 204 };
  }

  private save({ provider }: ProviderRequest, customer: Customer, attributes: readonly KeyValue[]): Customer {
    const updated = { ...customer, updatedAt: this.settings.now().getTime() };
    provider.customers.replace(updated);
    provider.customers.replaceAttributes(customer.id, attributes);
    return updated;
  }
}

export function createCustomerAttributesRoutes(settings: SandboxSettings): Route[] {
  const routes = new AttributesRoutes(settings);
  const all = { path: '/v4/provisioning/customers/{customer_id}/customerAttributes', access: 'provider' } as const;
  const one = { path: `${all.path}/{key}`, access: 'provider' } as const;
  const handle = (method: 'list' | 'replaceAll' | 'merge' | 'remove') => (request: ProviderRequest) =>
    routes[method](request);
  return [
    { ...all, operationId: 'requestCustomerAttributes', method: 'GET', handle: handle('list') },
    { ...all, operationId: 'setCustomerAttributes', method: 'POST', handle: handle('replaceAll') },
    { ...all, operationId: 'updateCustomerAttributes', method: 'PUT', handle: handle('merge') },
    { ...one, operationId: 'removeCustomerAttribute', method: 'DELETE', handle: handle('remove') },
  ];
}
