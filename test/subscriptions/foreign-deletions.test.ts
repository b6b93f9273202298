import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { remove, rename, subscribe, untilListening, type Subscription } from '../support/subscribe.js';

const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };

describe("deletions of another provider's customers", () => {
  let stack: Stack;
  let subscription: Subscription;
  beforeEach(async () => {
    // The second provider has customers of its own, with ids up to 60.
    stack = await startStack({ sandbox: { customers: 90 } });
    subscription = subscribe(stack.gateway, { connectionParams: SECOND });
    await untilListening([subscription], (mutation) => stack.execute(mutation, undefined, SECOND));
  });
  afterEach(async () => {
    await subscription.client.dispose();
    await stack.close();
  });

  it.each([
    ['an id that the subscriber has no customer of', 85],
    ['an id that the subscriber has a customer of', 7],
  ])('do not reach a subscriber who never saw the customer, for %s', async (_, id) => {
    stack.sandbox.log.clear();
    expect((await stack.execute(remove(id))).errors).toBeUndefined();
    await stack.execute(rename(5, 'Told after it'), undefined, SECOND);
    await eventually('the later event is told', () => subscription.events.length > 0);
    expect(subscription.events.map(({ type, customerId }) => `${type} ${customerId}`)).toEqual(['UPDATED 5']);
    const readAsSecond = stack.sandbox.log
      .of('requestCustomer')
      .filter(({ token, path }) => token === SANDBOX_TOKENS.second && path.endsWith(`/${id}`));
    expect(readAsSecond).toEqual([]);
  });
});
