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

/** Reads webhooks and says to keep those that were read. */
const fetchFrom =
  (upstream: Upstream): Fetch<WebhookRecord | null> =>
  async (ids, keep) => {
    const results = await fetchWebhooks(upstream, ids);
    for (const [id, value] of results) {
      if (!(value instanceof Error)) keep({ key: CACHE_TAGS.webhook(id), tags: [CACHE_TAGS.webhook(id)], value });
    }
    return results;
  };

export function createWebhookById(sources: ReadSources): WebhookById {
  return new BatchedWebhooks(sources);
}

class BatchedWebhooks implements WebhookById {
  private readonly loader: DataLoader<string, WebhookRecord | null>;
  /** Came with lists; given to the loader when one is asked for, which after most lists never happens. */
  private primed: WebhookRecord[] = [];

  constructor(private readonly sources: ReadSources) {
    this.loader = new DataLoader((ids) => this.fetchBatch(ids));
  }

  load(id: string): Promise<WebhookRecord | null> {
    this.takePrimed();
    return this.loader.load(id);
  }

  prime(webhook: WebhookRecord): void {
    this.primed.push(webhook);
  }

  clear(id: string): void {
    this.takePrimed();
    this.loader.clear(id);
  }

  private takePrimed(): void {
    for (const webhook of this.primed) {
      if (typeof webhook.id === 'string') this.loader.prime(webhook.id, webhook);
    }
    this.primed = [];
  }

  private async fetchBatch(ids: readonly string[]): Promise<(WebhookRecord | null | Error)[]> {
    const { cache, upstream } = this.sources;
    const results = cache.passBy('webhook') ? await fetchWebhooks(upstream, ids) : await this.readThroughCache(ids);
    return ids.map((id) => {
      const result = results.get(id) ?? null;
      if (result instanceof Error) this.loader.clear(id);
      return result;
    });
  }

  private readThroughCache(ids: readonly string[]): Promise<ReadonlyMap<string, WebhookRecord | null | Error>> {
    const { cache, upstream, background } = this.sources;
    const requests = ids.map((id) => ({ id, keys: [CACHE_TAGS.webhook(id)] as const }));
    return cache.read('webhook', requests, fetchFrom(upstream), (missing, keep) =>
      fetchFrom(background())(missing, keep),
    );
  }
}
