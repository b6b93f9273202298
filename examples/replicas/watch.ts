import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

export interface CustomerEvent {
  type: string;
  customerId: string;
  customer: { companyName: string } | null;
}

/** Subscribes to a gateway's customers over a WebSocket; resolves once it is connected. */
export async function watch(url: string, tell: (event: CustomerEvent) => void): Promise<{ stop(): void }> {
  let stop: (() => void) | undefined;
  await new Promise<void>((resolve, reject) => {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { 'x-sds-service-token': SANDBOX_TOKENS.first },
      lazy: false,
      retryAttempts: 0,
      // One that is killed says goodbye to no one.
      onNonLazyError: () => undefined,
      on: { connected: () => resolve() },
    });
    const unsubscribe = client.subscribe<{ customerEvents: CustomerEvent }>(
      { query: 'subscription { customerEvents { type customerId customer { companyName } } }' },
      {
        next: ({ data }) => data && tell(data.customerEvents),
        error: (error) => reject(error instanceof Error ? error : new Error('the connection is lost')),
        complete: () => undefined,
      },
    );
    stop = () => {
      unsubscribe();
      void client.dispose();
    };
  });
  // The subscription follows on the connection.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { stop: () => stop?.() };
}
