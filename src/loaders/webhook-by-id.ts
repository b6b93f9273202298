import DataLoader from 'dataloader';
import { ContractViolation } from '../errors/contract-violation.js';
import type { Upstream } from '../upstream/create-upstream.js';
import type { Decoded } from '../upstream/decode.js';
import { nullIfAbsent } from './absent.js';
import { settle } from './settle.js';

export type WebhookRecord = Decoded<'Webhook'>;

/** Ids in one `id:eq:…` filter: at most 20 characters each, so the URL stays under 8 kB after encoding. */
const IDS_PER_FILTER = 200;

export interface WebhookById {
  /** The webhook, or null where the upstream has none. */
  load(id: string): Promise<WebhookRecord | null>;
  prime(webhook: WebhookRecord): void;
  clear(id: string): void;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** One id is a single GET; more are lists filtered by `id:eq:1:2:3`, which the upstream documents for webhooks. */
export function createWebhookById(upstream: Upstream): WebhookById {
  async function fetchMany(ids: readonly string[]): Promise<Map<string, WebhookRecord>> {
    const { items } = await upstream.webhooks.list({ offset: 0, limit: ids.length, filter: `id:eq:${ids.join(':')}` });
    if (items instanceof ContractViolation) throw items;
    const byId = new Map<string, WebhookRecord>();
    for (const item of items) {
      if (!(item instanceof ContractViolation) && typeof item.id === 'string') byId.set(item.id, item);
    }
    return byId;
  }

  async function fetchBatch(ids: readonly string[]): Promise<(WebhookRecord | null | Error)[]> {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) {
      return settle([nullIfAbsent('webhook', upstream.webhooks.get(only))]);
    }
    const parts = await Promise.all(
      chunks(ids, IDS_PER_FILTER).map(async (part) => {
        const [found] = await settle([fetchMany(part)]);
        return part.map((id) => (found instanceof Error ? found : (found?.get(id) ?? null)));
      }),
    );
    return parts.flat();
  }

  const loader = new DataLoader<string, WebhookRecord | null>(async (ids) => {
    const results = await fetchBatch(ids);
    ids.forEach((id, index) => results[index] instanceof Error && loader.clear(id));
    return results;
  });
  return {
    load: (id) => loader.load(id),
    prime(webhook) {
      if (typeof webhook.id === 'string') loader.prime(webhook.id, webhook);
    },
    clear: (id) => void loader.clear(id),
  };
}
