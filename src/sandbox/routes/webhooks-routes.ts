import { randomBytes } from 'node:crypto';
import type { DateWriter } from '../http/dates.js';
import { ApiFailure } from '../http/errors.js';
import type { Json } from '../http/json.js';
import type { Answer, ProviderRequest, Route } from '../http/route.js';
import { readRange, toPage } from '../query/paging.js';
import { queryWebhooks } from '../query/webhook-query.js';
import type { SandboxSettings } from '../settings.js';
import { EVENT_TYPES } from '../store/event-types.js';
import type { Webhook } from '../store/model.js';
import { mandatory, readBody } from '../validation/body-reader.js';
import { readPathId } from '../validation/path-id.js';
import { readWebhookFields } from '../validation/webhook-fields.js';

/** How long a webhook lives is not documented; a year is the sandbox's assumption. */
const LIFETIME_MS = 365 * 86_400_000;

export function createWebhooksRoutes(settings: SandboxSettings): Route[] {
  const list = { path: '/v4/provisioning/webhooks', access: 'provider' } as const;
  const one = { path: '/v4/provisioning/webhooks/{webhook_id}', access: 'provider' } as const;
  return [
    {
      ...list,
      operationId: 'requestListOfTenantWebhooks',
      method: 'GET',
      handle: (request: ProviderRequest) => listWebhooks(request, settings),
    },
    {
      ...list,
      operationId: 'createTenantWebhook',
      method: 'POST',
      handle: (request: ProviderRequest) => createWebhook(request, settings),
    },
    {
      path: '/v4/provisioning/webhooks/event_types',
      access: 'provider',
      operationId: 'requestListOfEventTypesForTenant',
      method: 'GET',
      handle: listEventTypes,
    },
    { ...one, operationId: 'requestTenantWebhook', method: 'GET', handle: getWebhook },
    {
      ...one,
      operationId: 'updateTenantWebhook',
      method: 'PUT',
      handle: (request: ProviderRequest) => updateWebhook(request, settings),
    },
    { ...one, operationId: 'removeTenantWebhook', method: 'DELETE', handle: removeWebhook },
    {
      path: `${one.path}/reset_lifetime`,
      access: 'provider',
      operationId: 'resetTenantWebhookLifetime',
      method: 'POST',
      handle: (request: ProviderRequest) => resetLifetime(request, settings),
    },
  ];
}

function listWebhooks({ provider, query, writeDate }: ProviderRequest, settings: SandboxSettings): Answer {
  const range = readRange(query, settings);
  const selected = queryWebhooks(provider.webhooks.all(), query.get('filter'), query.get('sort'));
  return { status: 200, body: toPage(selected, range, (webhook) => toWebhookJson(webhook, writeDate)) };
}

function getWebhook(request: ProviderRequest): Answer {
  return { status: 200, body: toWebhookJson(findWebhook(request), request.writeDate) };
}

function createWebhook({ provider, body, writeDate }: ProviderRequest, settings: SandboxSettings): Answer {
  const fields = readWebhookFields(readBody(body));
  const name = mandatory(fields.name, 'name');
  const url = mandatory(fields.url, 'url');
  const eventTypeNames = mandatory(fields.eventTypeNames, 'eventTypeNames');
  if (provider.webhooks.size >= settings.webhookLimit) throw new ApiFailure('tooManyWebhooks');
  const now = settings.now().getTime();
  const webhook: Webhook = {
    id: provider.webhooks.takeId(),
    name,
    url,
    eventTypeNames,
    secret: fields.secret ?? randomBytes(16).toString('hex'),
    isEnabled: fields.isEnabled ?? true,
    failStatus: undefined,
    createdAt: now,
    createdBy: provider.actor,
    updatedAt: now,
    updatedBy: provider.actor,
    expireAt: now + LIFETIME_MS,
  };
  provider.webhooks.put(webhook);
  return { status: 201, body: toWebhookJson(webhook, writeDate) };
}

function updateWebhook(request: ProviderRequest, settings: SandboxSettings): Answer {
  const webhook = findWebhook(request);
  const fields = readWebhookFields(readBody(request.body));
  return save(request, settings, {
    ...webhook,
    name: fields.name ?? webhook.name,
    url: fields.url ?? webhook.url,
    eventTypeNames: fields.eventTypeNames ?? webhook.eventTypeNames,
    secret: fields.secret ?? webhook.secret,
    isEnabled: fields.isEnabled ?? webhook.isEnabled,
    // Switching a webhook on again is how one says that its receiver has been mended.
    failStatus: fields.isEnabled === true ? undefined : webhook.failStatus,
  });
}

function resetLifetime(request: ProviderRequest, settings: SandboxSettings): Answer {
  const expireAt = settings.now().getTime() + LIFETIME_MS;
  return save(request, settings, { ...findWebhook(request), expireAt });
}

function removeWebhook(request: ProviderRequest): Answer {
  request.provider.webhooks.remove(findWebhook(request).id);
  return { status: 204 };
}

function listEventTypes(): Answer {
  const items = EVENT_TYPES.map((type) => ({
    ...type,
    usableCustomerAdminWebhook: !type.usableTenantWebhook,
    usableNodeWebhook: false,
    usablePushNotification: false,
  }));
  return { status: 200, body: { items } };
}

function save({ provider, writeDate }: ProviderRequest, settings: SandboxSettings, changed: Webhook): Answer {
  const saved = { ...changed, updatedAt: settings.now().getTime(), updatedBy: provider.actor };
  provider.webhooks.put(saved);
  return { status: 200, body: toWebhookJson(saved, writeDate) };
}

function findWebhook({ params, provider }: ProviderRequest): Webhook {
  const webhook = provider.webhooks.get(readPathId(params['webhook_id']));
  if (webhook === undefined) throw new ApiFailure('webhookNotFound');
  return webhook;
}

function toWebhookJson(webhook: Webhook, writeDate: DateWriter): Json {
  return {
    ...webhook,
    createdAt: writeDate(webhook.createdAt),
    updatedAt: writeDate(webhook.updatedAt),
    expireAt: writeDate(webhook.expireAt),
  };
}
