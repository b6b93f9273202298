import type { BoundClient } from '../bound-client.js';
import type { Decoded } from '../decode.js';
import type { components } from '../generated/openapi.js';
import type { ListQuery } from '../paging.js';
import { itself } from './itself.js';
import { webhookPath, WEBHOOKS } from './paths.js';

type Schemas = components['schemas'];

/** The operations on webhooks, as `Upstream` documents them. */
export class Webhooks {
  constructor(private readonly client: BoundClient) {}

  list(query: ListQuery): Promise<Decoded<'WebhookList'>> {
    return this.client.read('WebhookList', {
      operationId: 'requestListOfTenantWebhooks',
      method: 'GET',
      path: WEBHOOKS,
      list: query,
    });
  }

  async get(id: string): Promise<Decoded<'Webhook'>> {
    const answer = await this.client.read('Webhook', {
      operationId: 'requestTenantWebhook',
      method: 'GET',
      path: webhookPath(id),
    });
    return itself(answer, id, 'Webhook.id');
  }

  create(body: Schemas['CreateWebhookRequest']): Promise<Decoded<'Webhook'>> {
    return this.client.change('Webhook', { operationId: 'createTenantWebhook', method: 'POST', path: WEBHOOKS, body });
  }

  async update(id: string, body: Schemas['UpdateWebhookRequest']): Promise<Decoded<'Webhook'>> {
    const answer = await this.client.change('Webhook', {
      operationId: 'updateTenantWebhook',
      method: 'PUT',
      path: webhookPath(id),
      body,
    });
    return itself(answer, id, 'Webhook.id');
  }

  remove(id: string): Promise<void> {
    return this.client.write({
      operationId: 'removeTenantWebhook',
      method: 'DELETE',
      path: webhookPath(id),
      dated: false,
    });
  }

  async resetLifetime(id: string): Promise<Decoded<'Webhook'>> {
    const answer = await this.client.change('Webhook', {
      operationId: 'resetTenantWebhookLifetime',
      method: 'POST',
      path: `${webhookPath(id)}/reset_lifetime`,
    });
    return itself(answer, id, 'Webhook.id');
  }

  eventTypes(): Promise<Decoded<'EventTypeList'>> {
    return this.client.read('EventTypeList', {
      operationId: 'requestListOfEventTypesForTenant',
      method: 'GET',
      path: `${WEBHOOKS}/event_types`,
      dated: false,
    });
  }
}
