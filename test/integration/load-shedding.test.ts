import { setImmediate as nextTurn } from 'node:timers/promises';
import { connectRaw } from '../support/connect-raw.js';
import { createGate } from '../support/gate.js';
import { until } from '../support/start-process.js';
import { startStack, type GraphqlAnswer, type Stack } from '../support/start-stack.js';
import { untilCount } from '../support/until-count.js';

const QUERY = '{ customer(id: 1) { id } }';
const REFUSED = { code: 'OVERLOADED', retryAfterSeconds: 1 };

let stack: Stack;
afterEach(() => stack.close());

/** Takes the event loop for turns of `turnMs`, until the condition holds. */
async function block(turnMs: number, isEnough: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isEnough() && Date.now() < deadline) {
    const end = Date.now() + turnMs;
    while (Date.now() < end);
    await nextTurn();
  }
}

describe('where the event loop is late', () => {
  it('refuses operations at once until it is not', async () => {
    const lines: string[] = [];
    const log = (_facts: object, message: string): void => void lines.push(message);
    stack = await startStack({
      env: { MAX_EVENT_LOOP_DELAY_MS: '150', CORS_ORIGINS: 'https://app.example.com' },
      logger: { info: log, warn: log, error: log },
    });
    await block(300, () => lines.length > 0);
    expect(lines).toEqual(['overloaded: operations are rejected']);

    let isAnswered = false;
    const answer = fetch(`${stack.gateway.url}/graphql`, {
      method: 'POST',
      headers: { origin: 'https://app.example.com', 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    }).finally(() => (isAnswered = true));
    await block(300, () => isAnswered);
    const response = await answer;
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { ...REFUSED, reason: 'event-loop' } }] });
    expect(stack.sandbox.log.all()).toEqual([]);
    expect((await fetch(`${stack.gateway.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${stack.gateway.url}/health/ready`)).status).toBe(200);

    await until(() => lines.length >= 2);
    expect(lines).toContain('no longer overloaded');
    expect((await stack.execute(QUERY)).data).toEqual({ customer: { id: '1' } });
  });

  it('takes every operation with MAX_EVENT_LOOP_DELAY_MS=0', async () => {
    stack = await startStack({ env: { MAX_EVENT_LOOP_DELAY_MS: '0' } });
    const answers: Promise<GraphqlAnswer<unknown>>[] = [];
    const end = Date.now() + 2_500;
    await block(150, () => (answers.push(stack.execute(QUERY)), Date.now() > end));
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('MAX_CONCURRENT_REQUESTS', () => {
  it('refuses what is beyond, and takes again once there is place', async () => {
    stack = await startStack({ env: { MAX_CONCURRENT_REQUESTS: '2' } });
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    const running = ['{ customer(id: 1) { id } }', '{ customer(id: 2) { id } }'].map((query) => stack.execute(query));
    await untilCount('the requests have arrived', 2, () => stack.sandbox.log.all().length);

    const refused = await stack.execute(QUERY);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(refused.errors?.[0]?.extensions).toEqual({ ...REFUSED, reason: 'concurrency' });
    expect(stack.sandbox.log.all()).toHaveLength(2);

    gate.open();
    for (const answer of running) expect((await answer).errors).toBeUndefined();
    expect((await stack.execute(QUERY)).data).toEqual({ customer: { id: '1' } });
  });

  it('holds for requests whose bodies arrive at once, and counts none that still arrives', async () => {
    stack = await startStack({ env: { MAX_CONCURRENT_REQUESTS: '1' } });
    const body = (id: number): string => JSON.stringify({ query: `{ customer(id: ${id}) { id } }` });
    const head = [
      'POST /graphql HTTP/1.1',
      'host: gateway',
      'x-sds-service-token: sandbox-provider-one',
      'content-type: application/json',
      `content-length: ${body(1).length}`,
    ];
    const clients = await Promise.all([1, 2, 3].map(() => connectRaw(stack.gateway.url)));
    for (const client of clients) client.send(`${head.join('\r\n')}\r\n\r\n`);
    // By the time that this is answered, the three heads have arrived.
    expect((await stack.execute(QUERY)).status).toBe(200);
    stack.sandbox.log.clear();
    const gate = createGate();
    stack.sandbox.faults.add({ until: gate.opened });
    clients.forEach((client, index) => client.send(body(index + 1)));
    await until(() => clients.filter(({ received }) => received() !== '').length >= 2);
    gate.open();
    await until(() => clients.every(({ received }) => received() !== ''));

    const statuses = clients.map(({ received }) => received().slice('HTTP/1.1 '.length, 12));
    expect(statuses.sort()).toEqual(['200', '503', '503']);
    expect(stack.sandbox.log.all()).toHaveLength(1);
    for (const client of clients) client.destroy();
  });
});
