import type { Client } from 'urql';
import type { CustomerEventsSubscription } from '../gql/graphql.js';
import { CUSTOMER_EVENTS } from './documents.js';
import { createListeners, type Listeners } from './listeners.js';

export type CustomerEvent = CustomerEventsSubscription['customerEvents'];
export type LiveStatus = 'connecting' | 'live' | 'away';

/** What happens to customers, for as long as the page is open. */
export interface LiveFeed {
  status(): LiveStatus;
  onStatus: Listeners<LiveStatus>['add'];
  onEvent: Listeners<CustomerEvent>['add'];
  /** Told after a time without events: some may have been missed. */
  onReturn: Listeners<undefined>['add'];
}

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;

/** Subscribes over server-sent events, and again whenever the connection ends, at growing intervals. */
export function createLiveFeed(client: Client): LiveFeed {
  const statuses = createListeners<LiveStatus>();
  const events = createListeners<CustomerEvent>();
  const returns = createListeners<undefined>();
  let status: LiveStatus = 'connecting';
  let delayMs = FIRST_DELAY_MS;

  function become(next: LiveStatus): void {
    const wasAway = status === 'away';
    status = next;
    statuses.tell(next);
    if (wasAway && next === 'live') returns.tell(undefined);
  }

  /** The first event may be long in coming; that the stream has begun is all there is to see before. */
  const watchedFetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok) {
      delayMs = FIRST_DELAY_MS;
      become('live');
    }
    return response;
  };

  function connect(): void {
    const context = { url: '/graphql/stream', fetch: watchedFetch };
    const { unsubscribe } = client.subscription(CUSTOMER_EVENTS, {}, context).subscribe(({ data, error, hasNext }) => {
      if (hasNext && data) {
        events.tell(data.customerEvents);
        return;
      }
      if (error && hasNext) return;
      unsubscribe();
      become('away');
      setTimeout(connect, delayMs);
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    });
  }

  connect();
  return { status: () => status, onStatus: statuses.add, onEvent: events.add, onReturn: returns.add };
}
