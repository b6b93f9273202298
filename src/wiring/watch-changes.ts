import { callerWith } from '../auth/caller.js';
import type { OwnToken } from '../auth/credentials.js';
import { createChangePoller, type ChangePollerOptions, type PageQuery } from '../changes/create-change-poller.js';
import type { Config } from '../config.js';
import { ContractViolation, isIntact } from '../errors/contract-violation.js';
import type { FailureObserver } from '../errors/format-error.js';
import { reportFailure } from '../errors/report-failure.js';
import { type CustomerRecord, valueOf } from '../loaders/outcomes.js';
import { toPage } from '../loaders/page.js';
import { firstDayOf } from '../loaders/upstream-traits.js';
import { RedisAway } from '../redis/redis.js';
import type { Logger } from '../telemetry/logger.js';
import { forgetCustomers } from './forget-customers.js';
import type { Operations } from './operation.js';
import type { SharedState } from './shared-state.js';
import { createChangeTeller } from './tell-changes.js';

export interface ChangeWatchOptions {
  config: Config;
  /** The gateway's own credential. */
  ownToken: OwnToken;
  operations: Operations;
  state: SharedState;
  failures: FailureObserver;
  logger: Logger;
}

/** Changes are remembered by their time, and its fraction can have any length. */
const MAX_TIME_LENGTH = 64;

/** Customers by their latest change, read past every cache. */
async function readChanged(
  { offset, limit, sinceMs }: PageQuery,
  { config, operations, ownToken }: ChangeWatchOptions,
): ReturnType<ChangePollerOptions['readPage']> {
  const { customers } = operations.backgroundOf(callerWith(ownToken.current()));
  const list = await customers.list({
    offset,
    limit,
    filter: `updatedAt:ge:${firstDayOf(sinceMs, config.upstream.dayOffset)}`,
    sort: 'updatedAt:desc',
    includeAttributes: false,
  });
  const { items, total } = toPage<CustomerRecord>(list, offset);
  // Skip records that violate the contract; a query that selects them reports the violation.
  const sightings = items
    .filter(isIntact)
    .flatMap(({ id, customerUuid, updatedAt }) =>
      typeof id === 'string' && typeof updatedAt === 'string' && updatedAt.length <= MAX_TIME_LENGTH
        ? [{ id, updatedAt, uuid: customerUuid instanceof ContractViolation ? undefined : customerUuid }]
        : [],
    );
  return { sightings, hasMore: offset + items.length < Number(valueOf(total)) };
}

/**
 * Forgets customers that were changed elsewhere, as far as webhooks or looking for changes tell of them, and starts to look
 * where that is wanted. Undefined if it is not.
 */
export function watchChanges(options: ChangeWatchOptions): { close(): Promise<void> } | undefined {
  const { config, ownToken, operations, state, failures, logger } = options;
  const everySeconds = config.changePollSeconds;
  if (ownToken.current() === undefined || !(config.webhooks || everySeconds > 0)) return undefined;
  const scopeKey = (): string => operations.scopes.of(ownToken.current()).key;
  const { note, tell } = createChangeTeller(state.events, scopeKey, () => Date.now());
  const stopForgetting = state.events.subscribe((event) => {
    if (event.scopeKey !== scopeKey()) return;
    note(event);
    void forgetCustomers(operations, state, [event.customerId]);
  });
  if (everySeconds === 0) return { close: async () => stopForgetting() };

  const poller = createChangePoller({
    everySeconds,
    leases: state.leases,
    positions: state.changePositions,
    readPage: (query) => readChanged(query, options),
    tell,
    logger,
    onFailure(error) {
      // Redis says by itself that it is away, and the next look may find it back.
      if (!(error instanceof RedisAway)) reportFailure(error, failures);
    },
    now: () => Date.now(),
  });
  poller.start();
  return {
    close() {
      stopForgetting();
      return poller.close();
    },
  };
}
