import { loadConfig } from '../../src/config.js';
import type { LoggedRequest } from '../../src/sandbox/request-log.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { createSandboxCall } from '../support/sandbox-client.js';
import type { Stack } from '../support/start-stack.js';
import { EVENTS, subscribe, type Subscription } from '../support/subscribe.js';
import { useStack } from '../support/use-stack.js';

const OWN_TOKEN = { UPSTREAM_TOKEN: SANDBOX_TOKENS.first };
const NAME = '{ customer(id: 5) { companyName } }';

/** Pages that were read to look for changes. */
const looksAt = ({ sandbox }: Stack): readonly LoggedRequest[] =>
  sandbox.log.of('requestCustomers').filter(({ query }) => query['sort'] === 'updatedAt:desc');

describe('CHANGE_POLL_SECONDS', () => {
  const start = useStack({ customers: 30 });
  let subscription: Subscription | undefined;
  afterEach(() => subscription?.client.dispose());

  it('finds what was changed elsewhere: it is no longer served from the cache, and told', async () => {
    const stack = await start({ ...OWN_TOKEN, CHANGE_POLL_SECONDS: '1', CACHE_TTL_SECONDS: '600' });
    const query = EVENTS.replace('customerEvents', 'customerEvents(customerId: 5)');
    const { events } = (subscription = subscribe(stack.gateway, { query }));
    await stack.data(NAME);
    await eventually('it has looked', () => looksAt(stack).length > 0);
    const body = { companyName: 'Changed elsewhere', customerContractType: 'pay' };
    await createSandboxCall(stack.sandbox)('PUT', '/v4/provisioning/customers/5', { body });
    await eventually('it is told', () => events.length > 0);
    expect(events).toEqual([{ type: 'UPDATED', customerId: '5', customer: { companyName: 'Changed elsewhere' } }]);
    expect(await stack.data(NAME)).toEqual({ customer: { companyName: 'Changed elsewhere' } });
  });

  it('asks for one page of what was changed lately', async () => {
    const stack = await start({ ...OWN_TOKEN, CHANGE_POLL_SECONDS: '1' });
    await eventually('it has looked twice', () => looksAt(stack).length > 1);
    const [, second] = looksAt(stack);
    expect(second?.query).toMatchObject({ sort: 'updatedAt:desc', limit: '50', offset: '0' });
    expect(second?.query['filter']).toMatch(/^updatedAt:ge:\d{4}-\d{2}-\d{2}$/);
  });

  it('does not tell a change of its own again', async () => {
    const stack = await start({ ...OWN_TOKEN, CHANGE_POLL_SECONDS: '1' });
    const { events } = (subscription = subscribe(stack.gateway));
    const looks = (): number => looksAt(stack).length;
    await eventually('it has looked', () => looks() > 0);
    const rename = (name: string): string =>
      `mutation { updateCustomer(input: { id: 5, companyName: "${name}" }) { userErrors { code } } }`;
    await eventually('it listens', async () => {
      await stack.execute(rename('Poke'));
      return events.length > 0;
    });
    const before = looks();
    await eventually('it has looked twice more', () => looks() > before + 1);
    events.length = 0;
    await stack.execute(rename('Own'));
    const since = looks();
    await eventually('it has looked twice more', () => looks() > since + 1);
    expect(events.map(({ customer }) => customer?.companyName)).toEqual(['Own']);
  });

  it('needs a credential to look with', () => {
    const env = { UPSTREAM_URL: 'http://127.0.0.1:1', CHANGE_POLL_SECONDS: '60' };
    expect(() => loadConfig(env)).toThrow(/UPSTREAM_TOKEN .* CHANGE_POLL_SECONDS/);
    expect(() => loadConfig({ ...env, CHANGE_POLL_SECONDS: '0' })).not.toThrow();
  });
});
