import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { openStream } from '../support/open-stream.js';
import type { Stack } from '../support/start-stack.js';
import { rename, subscribe, untilListening, type Subscription } from '../support/subscribe.js';
import { startBearerStack } from '../support/token-issuer.js';
import { useStack } from '../support/use-stack.js';

const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };
const madeUp = (index: number): Record<string, string> => ({ 'x-sds-service-token': `made-up-${index}` });

const checksOf = ({ sandbox }: Pick<Stack, 'sandbox'>, token?: string): number =>
  sandbox.log.of('requestCustomers').filter((request) => token === undefined || request.token === token).length;

const revoke = ({ sandbox }: Stack, token: string): void => {
  const body = { code: 401, message: 'Unauthorized', errorCode: -10012 };
  sandbox.faults.add({ match: { token }, action: { kind: 'respond', status: 401, body } });
};

let open: Subscription[] = [];
afterEach(async () => {
  for (const { client } of open) await client.dispose();
  open = [];
});

function connect(stack: Pick<Stack, 'gateway'>, connectionParams?: Record<string, string>): Subscription {
  const subscription = subscribe(stack.gateway, connectionParams && { connectionParams });
  open.push(subscription);
  return subscription;
}

async function closeOf(subscription: Subscription): Promise<Subscription['closed']> {
  await eventually('it is closed', () => subscription.closed !== undefined);
  return subscription.closed;
}

describe('the credential of a connection for events', () => {
  const start = useStack({ customers: 20 });

  it('is refused with 4403 or 401 before anything starts if the upstream refuses it, by one read', async () => {
    const stack = await start();
    expect(await closeOf(connect(stack, madeUp(1)))).toMatchObject({
      code: 4403,
      reason: 'The upstream does not accept the credential.',
    });
    const { response } = await openStream(stack.gateway, madeUp(1));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('ServiceToken header="X-Sds-Service-Token"');
    expect(stack.sandbox.log.all()).toMatchObject([
      { operationId: 'requestCustomers', query: { limit: '1' }, token: 'made-up-1', status: 401 },
    ]);
  });

  it('is checked by one read for all connections that are opened at once or soon after', async () => {
    const stack = await start();
    const subscriptions = Array.from({ length: 10 }, () => connect(stack));
    await untilListening(subscriptions, (mutation) => stack.execute(mutation));
    const stream = await openStream(stack.gateway);
    await eventually('the stream has begun', () => stream.text() === ':\n\n');
    expect(checksOf(stack)).toBe(1);
  });

  it('costs no upstream read for an event if it is made up', async () => {
    const stack = await start();
    const subscription = connect(stack);
    await untilListening([subscription], (mutation) => stack.execute(mutation));
    const refused = Array.from({ length: 20 }, (_, index) => connect(stack, madeUp(index)));
    await Promise.all(refused.map(closeOf));
    stack.sandbox.log.clear();
    await stack.execute(rename(5, 'Written'));
    await eventually('it is told', () => subscription.events.length > 0);
    expect(new Set(stack.sandbox.log.all().map(({ token }) => token))).toEqual(new Set([SANDBOX_TOKENS.first]));
  });

  it('is checked again while its connections are open, and ends all of them once it is refused', async () => {
    const stack = await start({ LIVE_CHECK_SECONDS: '1' });
    const [subscription, other] = [connect(stack), connect(stack, SECOND)];
    const stream = await openStream(stack.gateway);
    await eventually('it was checked again', () => checksOf(stack, SANDBOX_TOKENS.first) > 1);
    expect([subscription.closed, stream.isOver()]).toEqual([undefined, false]);
    revoke(stack, SANDBOX_TOKENS.first);
    expect(await closeOf(subscription)).toMatchObject({
      code: 4403,
      reason: 'The upstream no longer accepts the credential.',
    });
    await eventually('the stream is over', stream.isOver);
    expect(stream.text()).toMatch(/event: next\ndata: \{"errors":\[.*"UNAUTHENTICATED".*\n\n$/);
    const checks = checksOf(stack, SANDBOX_TOKENS.second);
    await eventually('the other one is still checked', () => checksOf(stack, SANDBOX_TOKENS.second) > checks);
    expect(other.closed).toBeUndefined();
  });

  it('ends its connections without an event if the read for the event is refused', async () => {
    const stack = await start();
    const [subscription, writer] = [connect(stack, SECOND), connect(stack)];
    await untilListening([subscription], (mutation) => stack.execute(mutation, undefined, SECOND));
    await untilListening([writer], (mutation) => stack.execute(mutation));
    stack.sandbox.faults.add({
      match: { token: SANDBOX_TOKENS.second, operationId: 'requestCustomer' },
      action: { kind: 'respond', status: 401 },
    });
    await stack.execute(rename(5, 'Not to be told'), undefined, SECOND);
    expect(await closeOf(subscription)).toMatchObject({ code: 4403 });
    expect(subscription.events).toEqual([]);
    expect(writer.closed).toBeUndefined();
    expect(await closeOf(connect(stack, SECOND))).toMatchObject({ code: 4403 });
  });

  it('is to be sent again later if the upstream is away, and keeps the connections that are open', async () => {
    const stack = await start({ LIVE_CHECK_SECONDS: '1' });
    const subscription = connect(stack);
    await untilListening([subscription], (mutation) => stack.execute(mutation));
    stack.sandbox.faults.add({ match: { operationId: 'requestCustomers' }, action: { kind: 'respond', status: 503 } });
    expect(await closeOf(connect(stack, SECOND))).toMatchObject({
      code: 1013,
      reason: 'The credential cannot be checked at the moment. Try again soon.',
    });
    const { response } = await openStream(stack.gateway, SECOND);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    const checks = checksOf(stack, SANDBOX_TOKENS.first);
    await eventually('a check has failed', () => checksOf(stack, SANDBOX_TOKENS.first) > checks);
    expect(subscription.closed).toBeUndefined();
    stack.sandbox.faults.clear();
    await eventually('it is accepted', async () => (await openStream(stack.gateway, SECOND)).response.status === 200);
  });
});

describe('the credential of a caller with a bearer token', () => {
  it('is not checked with the upstream, which knows the own one of the gateway only', async () => {
    const stack = await startBearerStack();
    try {
      const headers = { ...(await stack.issuer.bearer({ scope: 'customers:read' })) };
      connect(stack, headers);
      const stream = await openStream(stack.gateway, headers);
      await eventually('the stream has begun', () => stream.text() === ':\n\n');
      expect(stack.sandbox.log.all()).toEqual([]);
    } finally {
      await stack.close();
    }
  });
});
