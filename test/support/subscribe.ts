import { createClient, type Client, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Gateway } from '../../src/gateway.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from './eventually.js';

export const EVENTS = 'subscription { customerEvents { type customerId customer { companyName } } }';

export interface Event {
  type: string;
  customerId: string;
  cursor?: string;
  customer: { companyName: string } | null;
}

export interface Subscription {
  /** Of the events that came, in their order. */
  events: Event[];
  /** The errors of events that came, and those that ended it. */
  errors: { message: string; extensions?: { code?: string } }[];
  /** Undefined while the connection is open. */
  closed: { code: number; reason: string } | undefined;
  hasEnded: boolean;
  client: Client;
}

export interface SubscribeOptions {
  query?: string;
  variables?: Record<string, unknown>;
  connectionParams?: Record<string, unknown>;
}

/** Subscribes over a WebSocket of its own, as the first provider unless told otherwise. */
export function subscribe({ url }: Pick<Gateway, 'url'>, options: SubscribeOptions = {}): Subscription {
  const { query = EVENTS, variables, connectionParams = { 'x-sds-service-token': SANDBOX_TOKENS.first } } = options;
  const connecting = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    on: { closed: (event) => (subscription.closed = event as { code: number; reason: string }) },
  });
  const client: Client = {
    ...connecting,
    // Rejects if the gateway went before it was connected.
    dispose: async () => Promise.resolve(connecting.dispose()).catch(() => undefined),
  };
  const subscription: Subscription = { events: [], errors: [], closed: undefined, hasEnded: false, client };
  const payload: SubscribePayload = { query, ...(variables && { variables }) };
  client.subscribe<{ customerEvents: Event | null }>(payload, {
    next({ data, errors }) {
      if (data?.customerEvents) subscription.events.push(data.customerEvents);
      subscription.errors.push(...(errors ?? []));
    },
    error(error) {
      if (Array.isArray(error)) subscription.errors.push(...(error as Subscription['errors']));
      subscription.hasEnded = true;
    },
    complete: () => (subscription.hasEnded = true),
  });
  return subscription;
}

/**
 * Waits until subscriptions to customers 1 and 2, or to all, are notified of events, and nothing is on its way to them. An event
 * shows its customer as it is when the event is read, so only the id of another customer says which write is the last.
 */
export async function untilListening(
  subscriptions: readonly Pick<Subscription, 'events'>[],
  mutate: (mutation: string) => Promise<unknown>,
): Promise<void> {
  let count = 0;
  for (const { events } of subscriptions) {
    await eventually('the subscription is notified of events', async () => {
      count += 1;
      await mutate(rename(1, `Poke ${count}`));
      return events.length > 0;
    });
  }
  await mutate(rename(2, `Last poke of ${count}`));
  await eventually('nothing more is on its way', () =>
    subscriptions.every(({ events }) => events.some(({ customerId }) => customerId === '2')),
  );
  for (const { events } of subscriptions) events.length = 0;
}

export const rename = (id: number, name: string): string =>
  `mutation { updateCustomer(input: { id: ${id}, companyName: "${name}", customerContractType: PAY }) { userErrors { code } } }`;

export const remove = (id: number): string =>
  `mutation { deleteCustomer(input: { id: ${id} }) { userErrors { code } } }`;
