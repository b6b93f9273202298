import type { Caller } from './auth/caller.js';
import type { WebhookConfig } from './config.js';
import { isIntact } from './errors/contract-violation.js';
import type { FailureObserver } from './errors/format-error.js';
import { UpstreamFailure } from './errors/upstream-failure.js';
import { CACHE_TAGS } from './loaders/cache-tags.js';
import { valueOf } from './loaders/customer-record.js';
import type { Operations } from './operation.js';
import { createWebhookRoute } from './server/webhook-route.js';
import type { Route } from './server/graphql-route.js';
import type { SharedState } from './shared-state.js';
import type { Logger } from './telemetry/logger.js';
import { createReceiver, type Reception } from './webhooks/create-receiver.js';
import { createEventTypeNames } from './webhooks/event-type-names.js';

export interface WebhookReceptionOptions {
  config: WebhookConfig;
  /** The gateway's own credential. */
  serviceToken: string;
  operations: Operations;
  state: SharedState;
  failures: FailureObserver;
  logger: Logger;
  onReception: (reception: Reception) => void;
}

/**
 * Wires the receiver of webhooks. What a delivery is about is forgotten in every scope of this process, and not in the
 * gateway's own only: callers with tokens of their own may see the same customers. For another provider's callers it costs
 * one more read. Replicas forget it too, see `forgetOnEvents`.
 */
export function receiveWebhooks(options: WebhookReceptionOptions): Route {
  const { config, serviceToken, operations, state, failures, logger } = options;
  const own: Caller = { serviceToken, scopes: undefined, customerIds: undefined, expiresAtMs: undefined, signIn: '' };

  async function readEventTypes(): Promise<ReadonlyMap<string, string>> {
    const { items } = await operations.ofCaller(own).loaders.eventTypes.load('');
    const types = valueOf(items).filter(isIntact);
    return new Map(types.map(({ id, name }) => [valueOf(id), valueOf(name)]));
  }

  async function renew(webhookId: string): Promise<void> {
    const { userErrors } = await operations.ofCaller(own).commands.webhooks.resetLifetime(webhookId);
    logger.info({ webhookId, refusedBy: userErrors.map(({ code }) => code) }, 'the lifetime of a webhook was renewed');
  }

  const receiver = createReceiver({
    secrets: config.secrets,
    signature: config.signature,
    seen: state.createSeenDeliveries(config.replaySeconds),
    events: state.events,
    scopeKey: operations.scopes.of(serviceToken).key,
    eventTypeName: createEventTypeNames(readEventTypes),
    forget: (customerIds) => forgetCustomers(operations, state, customerIds),
    renew: config.autoRenew ? renew : undefined,
    logger,
    onReception: options.onReception,
    onFailure(error) {
      if (error instanceof UpstreamFailure) failures.upstreamFailed(error);
      else failures.internal(error);
    },
    now: () => Date.now(),
  });
  return createWebhookRoute(receiver, config.signatureHeader);
}

async function forgetCustomers(
  { scopes }: Operations,
  { cache }: SharedState,
  customerIds: readonly string[],
): Promise<void> {
  const tags = [
    CACHE_TAGS.customerLists,
    ...customerIds.flatMap((id) => [CACHE_TAGS.customer(id), CACHE_TAGS.usersOf(id)]),
  ];
  await Promise.all(
    scopes.all().map((scope) => {
      scope.coalescer.detach();
      return cache.invalidate(scope.key, tags);
    }),
  );
}

/** Forgets, in every scope of this process, the customers that a delivery to any replica was about. */
export function forgetOnEvents(operations: Operations, state: SharedState, serviceToken: string): void {
  const { key } = operations.scopes.of(serviceToken);
  state.events.subscribe(({ scopeKey, customerId, type }) => {
    if (scopeKey === key && type !== 'UPDATED') void forgetCustomers(operations, state, [customerId]);
  });
}
