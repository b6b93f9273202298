import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { deliver, envelopeOf, EVENT_TYPE, WEBHOOK_SECRET } from '../support/deliver.js';
import { eventually } from '../support/eventually.js';
import { createSandboxCall } from '../support/sandbox-client.js';
import type { Stack } from '../support/start-stack.js';
import {
  EVENTS,
  remove,
  rename,
  subscribe,
  untilListening,
  type SubscribeOptions,
  type Subscription,
} from '../support/subscribe.js';
import { untilCount } from '../support/until-count.js';
import { useStack } from '../support/use-stack.js';

const WEBHOOKS = { WEBHOOK_SECRETS: WEBHOOK_SECRET, UPSTREAM_TOKEN: SANDBOX_TOKENS.first };
const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };

describe('customerEvents', () => {
  const start = useStack({ customers: 40 });
  let open: Subscription[] = [];
  afterEach(async () => {
    for (const { client } of open) await client.dispose();
    open = [];
  });

  const listen = async (stack: Stack, options: SubscribeOptions = {}): Promise<Subscription> => {
    const subscription = subscribe(stack.gateway, options);
    open.push(subscription);
    const headers = options.connectionParams as Record<string, string> | undefined;
    await untilListening([subscription], (mutation) => stack.execute(mutation, undefined, headers));
    return subscription;
  };

  it("tells of the gateway's own writes, with the customer as it is after them", async () => {
    const stack = await start({ CACHE_TTL_SECONDS: '60' });
    const { events } = await listen(stack);
    await stack.execute('{ customer(id: 5) { companyName } }');
    await stack.execute(rename(5, 'Renamed'));
    await untilCount('it is told', 1, () => events.length);
    await stack.execute(
      'mutation { updateCustomerAttributes(input: { customerId: 5, attributes: [{ key: "k", value: "v" }] }) { userErrors { code } } }',
    );
    await untilCount('it is told', 2, () => events.length);
    await stack.execute(remove(5));
    await untilCount('it is told', 3, () => events.length);
    expect(events).toEqual([
      { type: 'UPDATED', customerId: '5', customer: { companyName: 'Renamed' } },
      { type: 'UPDATED', customerId: '5', customer: { companyName: 'Renamed' } },
      { type: 'DELETED', customerId: '5', customer: null },
    ]);
  });

  it('tells of each customer that is written among many, once', async () => {
    const stack = await start();
    const { events } = await listen(stack);
    const customers = [5, 6, 999, 7].map((id) => `{ id: ${id}, companyName: "Many ${id}" }`).join();
    await stack.execute(`mutation { updateCustomers(input: { customers: [${customers}] }) { results { status } } }`);
    await stack.execute('mutation { deleteCustomers(input: { ids: [8, 999, 9] }) { results { status } } }');
    await untilCount('all are told', 5, () => events.length);
    await stack.execute(rename(10, 'Last'));
    await eventually('the last is told', () => events.at(-1)?.customer?.companyName === 'Last');
    const told = events.slice(0, -1).map(({ type, customerId }) => `${type} ${customerId}`);
    expect(told.sort()).toEqual(['DELETED 8', 'DELETED 9', 'UPDATED 5', 'UPDATED 6', 'UPDATED 7']);
  });

  it('reads the customer once for an event and a credential, however many listen', async () => {
    const stack = await start();
    const subscriptions = await Promise.all([1, 2, 3, 4].map(() => listen(stack)));
    await stack.execute(rename(7, 'Read once'));
    await eventually('all are told', () =>
      subscriptions.every(({ events }) => events.some(({ customer }) => customer?.companyName === 'Read once')),
    );
    const reads = stack.sandbox.log.of('requestCustomer').filter(({ path }) => path.endsWith('/customers/7'));
    expect(reads).toHaveLength(1);
  });

  it('reports nothing of a write that was refused or changed nothing', async () => {
    const stack = await start();
    const { events } = await listen(stack);
    await stack.execute(remove(999));
    await stack.execute('mutation { updateCustomer(input: { id: 6 }) { userErrors { code } } }');
    await stack.execute(rename(6, 'Last'));
    await untilCount('one event', 1, () => events.length);
    expect(events[0]?.customer?.companyName).toBe('Last');
  });

  it('is about one customer where that is asked for', async () => {
    const stack = await start();
    const query = EVENTS.replace('customerEvents', 'customerEvents(customerId: 1)');
    const subscription = subscribe(stack.gateway, { query });
    open.push(subscription);
    await eventually('an event has come', async () => {
      await stack.execute(rename(5, 'Another'));
      await stack.execute(rename(1, 'This one'));
      return subscription.events.length > 0;
    });
    const event = { type: 'UPDATED', customerId: '1', customer: { companyName: 'This one' } };
    expect(subscription.events).toEqual(subscription.events.map(() => event));
  });

  it("does not tell one provider of another one's customers with the same ids", async () => {
    const stack = await start(WEBHOOKS);
    const first = await listen(stack);
    const second = await listen(stack, { connectionParams: SECOND });
    first.events.length = 0;
    await stack.execute(rename(5, 'Of the first'));
    await stack.execute(remove(6));
    await createSandboxCall(stack.sandbox)('DELETE', '/v4/provisioning/customers/7');
    await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerDeleted, { customerId: 7 }));
    await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerCreated, { customerId: 8 }));
    await stack.execute(rename(5, 'Of the second'), undefined, SECOND);
    await eventually('the second is told', () => second.events.length > 0);
    await untilCount('the first is told', 4, () => first.events.length);
    expect(second.events.map(({ customer }) => customer?.companyName)).toEqual(['Of the second']);
    expect(first.events.map(({ type, customerId }) => `${type} ${customerId}`)).toEqual([
      'UPDATED 5',
      'DELETED 6',
      'DELETED 7',
      'CREATED 8',
    ]);
  });

  it('reports once what a write of the gateway and a webhook tell', async () => {
    const stack = await start(WEBHOOKS);
    const { events } = await listen(stack);
    await stack.execute(remove(5));
    await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerDeleted));
    await stack.execute(rename(6, 'Last'));
    await eventually('the last one', () => events.some(({ type }) => type === 'UPDATED'));
    expect(events.map(({ type, customerId }) => `${type} ${customerId}`)).toEqual(['DELETED 5', 'UPDATED 6']);
  });

  it('reports nothing of a customer that is not there, as in example events', async () => {
    const stack = await start(WEBHOOKS);
    const { events } = await listen(stack);
    await deliver(stack.gateway, envelopeOf(EVENT_TYPE.customerCreated, { customerId: 4_711 }));
    await stack.execute(rename(6, 'Last'));
    await eventually('the last one', () => events.length > 0);
    expect(events.map(({ type }) => type)).toEqual(['UPDATED']);
  });

  it('tells the event, and an error in place of the customer, if it cannot be read', async () => {
    const stack = await start();
    const subscription = await listen(stack);
    stack.sandbox.faults.add({ match: { operationId: 'requestCustomer' }, action: { kind: 'respond', status: 403 } });
    await stack.execute(rename(5, 'Not to be read'));
    await untilCount('one event', 1, () => subscription.events.length);
    expect(subscription.events[0]).toEqual({ type: 'UPDATED', customerId: '5', customer: null });
    expect(subscription.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(subscription.hasEnded).toBe(false);
  });

  it('has at most 100 errors in a result, the last of which says how many were left out', async () => {
    const stack = await start();
    const query = EVENTS.replace('companyName', 'companyName users(first: 200) { nodes { id email } }');
    const subscription = await listen(stack, { query });
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomerUsers' },
      action: {
        kind: 'transform',
        transform(json) {
          const page = json as { items: object[] };
          return {
            ...page,
            items: Array.from({ length: 150 }, (_, id) => ({ ...page.items[0], id: id + 1, email: 7 })),
          };
        },
      },
    });
    await stack.execute(rename(5, 'Broken users'));
    await untilCount('one event', 1, () => subscription.events.length);
    expect((subscription.events[0]?.customer as { users?: { nodes: object[] } } | null)?.users?.nodes).toHaveLength(
      150,
    );
    expect(subscription.errors).toHaveLength(100);
    expect(subscription.errors[98]?.extensions?.code).toBe('UPSTREAM_CONTRACT_VIOLATION');
    expect(subscription.errors[99]).toMatchObject({ extensions: { code: 'ERRORS_LEFT_OUT', leftOut: 51 } });
  });
});
