import { callerWith, type Caller } from '../auth/caller.js';
import type { OwnToken } from '../auth/credentials.js';
import type { WebhookConfig } from '../config/webhook-settings.js';
import { isIntact } from '../errors/contract-violation.js';
import type { FailureObserver } from '../errors/format-error.js';
import { reportFailure } from '../errors/report-failure.js';
import { valueOf } from '../loaders/outcomes.js';
import type { Route } from '../http/operation-route.js';
import { createWebhookRoute } from '../http/webhook-route.js';
import type { Logger } from '../telemetry/logger.js';
import { createReceiver, type Reception } from '../webhooks/create-receiver.js';
import { createEventTypeNames } from '../webhooks/event-type-names.js';
import { forgetCustomers } from './forget-customers.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';

export interface WebhookReceptionOptions {
  /** Undefined if no webhooks are received. */
  config: WebhookConfig | undefined;
  /** The configuration sees to one if webhooks are received. */
  ownToken: OwnToken;
  operations: Operations;
  state: SharedState;
  failures: FailureObserver;
  logger: Logger;
  onReception: ((reception: Reception) => void) | undefined;
}

/** Wires the receiver of webhooks; undefined if none are received. */
export function receiveWebhooks(options: WebhookReceptionOptions): Route | undefined {
  const { config, ownToken, operations, state, failures, logger } = options;
  if (!config || ownToken.current() === undefined) return undefined;
  const own = (): Caller => callerWith(ownToken.current());

  async function readEventTypes(): Promise<ReadonlyMap<string, string>> {
    const { items } = await operations.ofCaller(own()).loaders.eventTypes.load('');
    const types = valueOf(items).filter(isIntact);
    return new Map(types.map(({ id, name }) => [valueOf(id), valueOf(name)]));
  }

  async function renew(webhookId: string): Promise<void> {
    const { userErrors } = await operations.ofCaller(own()).commands.webhooks.resetLifetime(webhookId);
    logger.info({ webhookId, refusedBy: userErrors.map(({ code }) => code) }, 'renewed the lifetime of a webhook');
  }

  const receiver = createReceiver({
    secrets: config.secrets,
    signature: config.signature,
    seen: state.createSeenDeliveries(config.replaySeconds),
    events: state.events,
    scopeKey: () => operations.scopes.of(ownToken.current()).key,
    eventTypeName: createEventTypeNames(readEventTypes),
    forget: (customerIds) => forgetCustomers(operations, state, customerIds),
    renew: config.autoRenew ? renew : undefined,
    logger,
    onReception: options.onReception,
    onFailure: (error) => reportFailure(error, failures),
    now: () => Date.now(),
  });
  return createWebhookRoute(receiver, config.signatureHeader);
}
