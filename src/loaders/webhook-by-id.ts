import DataLoader from 'dataloader';
import type { Fetch } from '../cache/operation-cache.js';
import { ContractViolation, isIntact } from '../errors/contract-violation.js';
import type { Decoded } from '../records/decode.js';
import type { Upstream } from '../upstream/upstream.js';
import { nullIfAbsent, resultOf, valueOf } from './outcomes.js';
import { CACHE_TAGS } from './cache-tags.js';
import type { ReadSources } from './keyed-loader.js';

export type WebhookRecord = Decoded<'Webhook'>;

/** Ids in one `id:eq:…` filter: at most 22 characters each when encoded, so the URL stays far below 8 kB. */
const IDS_PER_FILTER = 200;

export interface WebhookById {
  /** The webhook, or null if the upstream has none. */
  load(id: string): Promise<WebhookRecord | null>;
  /** Lets a webhook that came with a list answer later loads. */
  prime(webhook: WebhookRecord): void;
  clear(id: string): void;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function fetchFiltered(upstream: Upstream, ids: readonly string[]): Promise<ReadonlyMap<string, WebhookRecord>> {
  const { items } = await upstream.webhooks.list({ offset: 0, limit: ids.length, filter: `id:eq:${ids.join(':')}` });
  const intact = valueOf(items).filter(isIntact);
  const isStranger = ({ id }: WebhookRecord): boolean => typeof id === 'string' && !ids.includes(id);
  if (intact.some(isStranger)) throw new ContractViolation('WebhookList.items', 'not the ones asked for');
  return new Map(intact.flatMap((webhook) => (typeof webhook.id === 'string' ? [[webhook.id, webhook]] : [])));
}

/** One id is a single GET; more are lists filtered by `id:eq:1:2:3`, which the upstream documents for webhooks. */
async function fetchWebhooks(
  upstream: Upstream,
  ids: readonly string[],
): Promise<Map<string, WebhookRecord | null | Error>> {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) {
    return new Map([[only, await resultOf(() => nullIfAbsent('webhook', upstream.webhooks.get(only)))]]);
  }
  const parts = await Promise.all(
    chunks(ids, IDS_PER_FILTER).map(async (part) => {
      const found = await resultOf(() => fetchFiltered(upstream, part));
      return part.map((id) => [id, found instanceof Error ? found : (found.get(id) ?? null)] as const);
    }),
  );
  return new Map(parts.flat());
}

export function createWebhookById(sources: ReadSources): WebhookById {
  const fetchFrom =
    (upstream: Upstream): Fetch<WebhookRecord | null> =>
    async (ids, keep) => {
      const results = await fetchWebhooks(upstream, ids);
      for (const [id, value] of results) {
        if (!(value instanceof Error)) keep({ key: CACHE_TAGS.webhook(id), tags: [CACHE_TAGS.webhook(id)], value });
      }
      return results;
    };

  function readThroughCache(ids: readonly string[]): Promise<ReadonlyMap<string, WebhookRecord | null | Error>> {
    const requests = ids.map((id) => ({ id, keys: [CACHE_TAGS.webhook(id)] as const }));
    return sources.cache.read('webhook', requests, fetchFrom(sources.upstream), (missing, keep) =>
      fetchFrom(sources.background())(missing, keep),
    );
  }

  const loader = new DataLoader<string, WebhookRecord | null>(async (ids) => {
    const { cache, upstream } = sources;
    const results = cache.passBy('webhook') ? await fetchWebhooks(upstream, ids) : await readThroughCache(ids);
    return ids.map((id) => {
      const result = results.get(id) ?? null;
      if (result instanceof Error) loader.clear(id);
      return result;
    });
  });

  /** Came with lists; given to the loader when one is asked for, which after most lists never happens. */
  let primed: WebhookRecord[] = [];

  function takePrimed(): void {
    for (const webhook of primed) {
      if (typeof webhook.id === 'string') loader.prime(webhook.id, webhook);
    }
    primed = [];
  }

  return {
    load(id) {
      takePrimed();
      return loader.load(id);
    },
    prime: (webhook) => void primed.push(webhook),
    clear(id) {
      takePrimed();
      loader.clear(id);
    },
  };
}
