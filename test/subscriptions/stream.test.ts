import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import type { Stack } from '../support/start-stack.js';
import { EVENTS, rename, untilListening, type Event } from '../support/subscribe.js';
import { useStack } from '../support/use-stack.js';

const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };

function post({ gateway }: Stack, query: string, headers: Record<string, string> = FIRST): Promise<Response> {
  return fetch(`${gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query }),
  });
}

/** Follows a stream: its events, and whether it has ended. */
function follow(response: Response): { events: Event[]; text: () => string; isOver: () => boolean } {
  let text = '';
  let isOver = false;
  const events: Event[] = [];
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
      const found = [...whole.matchAll(/^event: next\ndata: (.+)$/gm)].map(([, data = '']) => JSON.parse(data));
      events.push(...found.slice(told).map(({ data }) => data.customerEvents));
      told = found.length;
    }
    isOver = true;
  };
  let told = 0;
  read().catch(() => (isOver = true));
  return { events, text: () => text, isOver: () => isOver };
}

describe('POST /graphql/stream', () => {
  const start = useStack({ customers: 20 });

  it('streams events, and is cut without an end when the gateway closes', async () => {
    const stack = await start();
    const response = await post(stack, EVENTS);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const { events, text, isOver } = follow(response);
    await eventually('it has begun', () => text() === ':\n\n');
    await untilListening([{ events }], (mutation) => stack.execute(mutation));
    await stack.execute(rename(5, 'Streamed'));
    await eventually('it is told', () => events.length > 0);
    expect(events).toEqual([{ type: 'UPDATED', customerId: '5', customer: { companyName: 'Streamed' } }]);

    const { cutConnections } = await stack.gateway.close(60_000);
    await eventually('it is over', isOver);
    expect(text()).not.toContain('complete');
    expect(cutConnections).toBe(0);
    stack.close = () => stack.sandbox.close();
  });

  it.each([
    ['nobody', EVENTS, {}, 401, 'UNAUTHENTICATED'],
    ['what is no subscription', '{ __typename }', FIRST, 400, 'BAD_REQUEST'],
    [
      'what does not fit the schema',
      'subscription { customerEvents { nothing } }',
      FIRST,
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('refuses %s', async (_what, query, headers, status, code) => {
    const stack = await start();
    const response = await post(stack, query, headers);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
  });

  it('takes POST with a body of JSON only, which other sites cannot send', async () => {
    const stack = await start();
    expect((await fetch(`${stack.gateway.url}/graphql/stream`)).status).toBe(405);
    expect((await post(stack, EVENTS, { ...FIRST, 'content-type': 'text/plain' })).status).toBe(415);
  });
});
