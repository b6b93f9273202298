import type { Client } from 'urql';
import type { CustomerEventsSubscription } from '../gql/graphql.js';
import { CUSTOMER_EVENTS } from './documents.js';
import { createListeners, type Listeners } from './listeners.js';

export type CustomerEvent = NonNullable<CustomerEventsSubscription['customerEvents']>;
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

  function connect(): void {
    let isOver = false;
    const lose = (): void => {
      if (isOver) return;
      isOver = true;
      unsubscribe();
      become('away');
      setTimeout(connect, delayMs);
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    };
    /** The first event may be long in coming, and urql does not report a stream that is cut: both show here alone. */
    const watchedFetch: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!response.ok || !response.body) return response;
      delayMs = FIRST_DELAY_MS;
      become('live');
      const passed = new TransformStream<Uint8Array, Uint8Array>();
      void response.body.pipeTo(passed.writable).then(lose, lose);
      return new Response(passed.readable, response);
    };
    const context = { url: '/graphql/stream', fetch: watchedFetch };
    const { unsubscribe } = client.subscription(CUSTOMER_EVENTS, {}, context).subscribe(({ data, error, hasNext }) => {
      if (hasNext && data?.customerEvents) events.tell(data.customerEvents);
      else if (!hasNext || !(data ?? error)) lose();
    });
  }

  connect();
  return { status: () => status, onStatus: statuses.add, onEvent: events.add, onReturn: returns.add };
}
