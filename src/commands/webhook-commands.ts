import type { Loaders } from '../loaders/create-loaders.js';
import type { WebhookRecord } from '../loaders/webhook-by-id.js';
import type { Upstream } from '../upstream/upstream.js';
import type { components } from '../upstream/generated/openapi.js';
import { given, nullFields } from './input-checks.js';
import { attempt, refused, type Outcome } from './outcome.js';

type Schemas = components['schemas'];

export type NewWebhook = Schemas['CreateWebhookRequest'];
export type WebhookPatch = Schemas['UpdateWebhookRequest'];

/** Writes to webhooks. */
export interface WebhookCommands {
  create(input: NewWebhook): Promise<Outcome<WebhookRecord>>;
  update(id: string, patch: WebhookPatch): Promise<Outcome<WebhookRecord>>;
  remove(id: string): Promise<Outcome<{ id: string }>>;
  resetLifetime(id: string): Promise<Outcome<WebhookRecord>>;
}

export function createWebhookCommands(upstream: Upstream, loaders: Loaders): WebhookCommands {
  async function write<T>(id: string | undefined, input: object, send: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return await attempt(input, send);
    } finally {
      await loaders.webhookWritten(id);
    }
  }

  return {
    create: (input) => write(undefined, input, () => upstream.webhooks.create(given(input))),
    async update(id, patch) {
      const problems = nullFields(patch);
      if (problems.length > 0) return refused(...problems);
      return write(id, { id, ...patch }, () => upstream.webhooks.update(id, given(patch)));
    },
    remove: (id) =>
      write(id, { id }, async () => {
        await upstream.webhooks.remove(id);
        return { id };
      }),
    resetLifetime: (id) => write(id, { id }, () => upstream.webhooks.resetLifetime(id)),
  };
}
