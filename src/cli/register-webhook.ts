import { isIntact } from '../errors/contract-violation.js';
import { valueOf } from '../loaders/outcomes.js';
import type { Decoded } from '../records/decode.js';
import { MAX_PAGE_SIZE } from '../upstream/target.js';
import type { Upstream } from '../upstream/upstream.js';

type Webhook = Decoded<'Webhook'>;

export interface WebhookRegistration {
  /** Where the upstream reaches the gateway. */
  url: string;
  createSecret: () => string;
  /** Whether a webhook that is there gets a new secret. */
  rotatesSecret: boolean;
}

export interface RegisteredWebhook {
  id: string;
  outcome: 'created' | 'updated' | 'unchanged';
  /** The new one; undefined if it has the secret that it had, which no one can read. */
  secret: string | undefined;
  /** Ids of others with the same URL, which tell the same a second time. */
  others: readonly string[];
}

const NAME = 'dracoon-graphql-gateway';
/** What the gateway makes something of; all that the upstream names for webhooks of its provider. */
const EVENT_TYPES = ['customer.created', 'customer.deleted', 'webhook.expiring'];
/** Far more than any provider may have. */
const MAX_PAGES = 20;

const isSameUrl = (one: unknown, other: string): boolean =>
  typeof one === 'string' && URL.canParse(one) && new URL(one).href === new URL(other).href;

async function findByUrl(webhooks: Upstream['webhooks'], url: string): Promise<Webhook[]> {
  const found: Webhook[] = [];
  let offset = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await webhooks.list({ offset, limit: MAX_PAGE_SIZE });
    const items = valueOf(answer.items);
    found.push(...items.filter(isIntact).filter((webhook) => isSameUrl(webhook.url, url)));
    offset += items.length;
    if (items.length === 0 || offset >= valueOf(valueOf(answer.range).total)) break;
  }
  return found;
}

/** All that the gateway needs, besides what someone may have added. */
const withOurs = (names: readonly string[]): string[] => [...new Set([...names, ...EVENT_TYPES])];

/**
 * Sees to it that the upstream has one webhook for the URL, which receives every event that the gateway uses. One
 * that is there is changed only if it lacks something: a second time, nothing is written.
 * @throws UpstreamFailure or ContractViolation
 */
export async function registerWebhook(
  webhooks: Upstream['webhooks'],
  { url, createSecret, rotatesSecret }: WebhookRegistration,
): Promise<RegisteredWebhook> {
  const found = await findByUrl(webhooks, url);
  const known = found.find(({ name }) => name === NAME) ?? found[0];
  const ids = found.map(({ id }) => valueOf(id));
  if (!known) {
    const secret = createSecret();
    const wanted = { name: NAME, url, eventTypeNames: EVENT_TYPES, isEnabled: true };
    const { id } = await webhooks.create({ ...wanted, secret });
    return { id: valueOf(id), outcome: 'created', secret, others: [] };
  }
  const id = valueOf(known.id);
  const others = ids.filter((other) => other !== id);
  const names = valueOf(known.eventTypeNames).filter(isIntact);
  const isRight = known.name === NAME && known.isEnabled === true && withOurs(names).length === names.length;
  if (isRight && !rotatesSecret) return { id, outcome: 'unchanged', secret: undefined, others };
  const secret = rotatesSecret ? createSecret() : undefined;
  const wanted = { name: NAME, eventTypeNames: withOurs(names), isEnabled: true };
  await webhooks.update(id, { ...wanted, ...(secret !== undefined && { secret }) });
  return { id, outcome: 'updated', secret, others };
}
