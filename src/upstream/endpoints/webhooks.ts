import type { BoundClient } from '../calls/bound-client.js';
import type { Decoded } from '../../records/decode.js';
import { ContractViolation } from '../../errors/contract-violation.js';
import type { components } from '../generated/openapi.js';
import { type ListQuery, WEBHOOKS, webhookPath } from '../target.js';
import { itself } from './customers.js';

type Schemas = components['schemas'];

/** A webhook that a write has answered. @throws ContractViolation if it has no id */
function identified(answer: Decoded<'Webhook'>): Decoded<'Webhook'> {
  if (answer.id instanceof ContractViolation) throw answer.id;
  return answer;
}

/** The operations on webhooks, as `Upstream` documents them. */
export class Webhooks {
  constructor(private readonly client: BoundClient) {}

  list(query: ListQuery): Promise<Decoded<'WebhookList'>> {
    return this.client.list('WebhookList', {
      operationId: 'requestListOfTenantWebhooks',
      path: WEBHOOKS,
      list: query,
    });
  }

  async get(id: string): Promise<Decoded<'Webhook'>> {
    const answer = await this.client.read('Webhook', {
      operationId: 'requestTenantWebhook',
      method: 'GET',
      target: webhookPath(id),
    });
    return itself(answer, id, 'Webhook.id');
  }

  create(body: Schemas['CreateWebhookRequest']): Promise<Decoded<'Webhook'>> {
    return this.client.change(
      'Webhook',
      { operationId: 'createTenantWebhook', method: 'POST', target: WEBHOOKS, body },
      identified,
    );
  }

  update(id: string, body: Schemas['UpdateWebhookRequest']): Promise<Decoded<'Webhook'>> {
    return this.client.change(
      'Webhook',
      { operationId: 'updateTenantWebhook', method: 'PUT', target: webhookPath(id), body },
      (answer) => itself(identified(answer), id, 'Webhook.id'),
    );
  }

  remove(id: string): Promise<void> {
    return this.client.write({
      operationId: 'removeTenantWebhook',
      method: 'DELETE',
      target: webhookPath(id),
      dated: false,
    });
  }

  resetLifetime(id: string): Promise<Decoded<'Webhook'>> {
    return this.client.change(
      'Webhook',
      { operationId: 'resetTenantWebhookLifetime', method: 'POST', target: `${webhookPath(id)}/reset_lifetime` },
      (answer) => itself(identified(answer), id, 'Webhook.id'),
    );
  }

  eventTypes(): Promise<Decoded<'EventTypeList'>> {
    return this.client.read('EventTypeList', {
      operationId: 'requestListOfEventTypesForTenant',
      method: 'GET',
      target: `${WEBHOOKS}/event_types`,
      dated: false,
    });
  }
}
