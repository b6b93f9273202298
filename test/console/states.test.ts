import type { Browser } from 'playwright-core';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { describeInBrowser } from '../support/browser.js';
import { createConsoleWindows, untilLive } from '../support/console-windows.js';
import { eventually } from '../support/eventually.js';
import { createSandboxCall } from '../support/sandbox-client.js';
import { CONSOLE_MANIFEST, startConsole, type ConsoleStack } from '../support/start-console.js';
import { startGateway } from '../support/start-gateway.js';

describeInBrowser('the console in trouble', (launch) => {
  let stack: ConsoleStack;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterEach(() => stack.close());

  afterAll(() => browser.close());

  async function open(env: Record<string, string> = {}, address = '/customers') {
    stack = await startConsole(env);
    return createConsoleWindows(browser, stack).open(address);
  }

  it('shows all other customers beside one that cannot be read, and says so', async () => {
    const page = await open();
    await page.getByText(/^1–25 of/).waitFor();
    stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: {
        kind: 'transform',
        transform: (json) => {
          const list = json as { items: object[] };
          const items = list.items.map((item, index) => (index === 3 ? { ...item, quotaUsed: 'much' } : item));
          return { ...list, items };
        },
      },
    });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('This customer could not be read.').waitFor();
    await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
    const rows = page.getByRole('table').locator('tbody tr');
    expect(await rows.count()).toBe(25);
    expect(await rows.getByRole('link').count()).toBe(24);
  });

  it('keeps what it has while the gateway is away, and catches up when it is back', async () => {
    const page = await open();
    await page.getByText(/^1–25 of/).waitFor();
    const call = createSandboxCall(stack.sandbox);
    await stack.gateway.close(0);
    stack.close = async () => {
      await stack.closeConsole();
      await stack.sandbox.close();
    };
    await page.getByText('Not live').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'The gateway cannot be reached' }).waitFor();
    await page.goBack();
    await page.getByText(/^1–25 of/).waitFor();
    await page.getByRole('heading', { name: 'The gateway cannot be reached' }).waitFor();
    expect(await page.getByRole('table').locator('tbody tr').count()).toBe(25);

    // What was missed meanwhile shows once the gateway is back.
    await call('PUT', '/v4/provisioning/customers/3', {
      body: { companyName: 'A Change Unseen', customerContractType: 'pay' },
    });
    const again = await startGateway({
      PORT: new URL(stack.gateway.url).port,
      UPSTREAM_URL: stack.sandbox.url,
      AUTH_MODE: 'none',
      UPSTREAM_TOKEN: SANDBOX_TOKENS.first,
      QUERY_PAGE: 'off',
      TRUSTED_DOCUMENTS: CONSOLE_MANIFEST,
    });
    await untilLive(page);
    await page.getByRole('link', { name: 'A Change Unseen' }).waitFor();
    await again.close(0);
  });

  it('waits for as long as the gateway says, and tries again by itself', async () => {
    const page = await open({ RATE_LIMIT_PER_MINUTE: '12' });
    await page.getByText(/^1–25 of/).waitFor();
    let isDraining = true;
    const headers = { 'content-type': 'application/json' };
    const ask = (): Promise<Response> => fetch(`${stack.gateway.url}/graphql`, { method: 'POST', headers });
    const drain = async (): Promise<void> => {
      while (isDraining) await ask();
    };
    const drained = drain();
    await eventually('the limit is reached', async () => (await ask()).status === 429);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Too many requests' }).waitFor();
    await page.getByRole('button', { name: /^Try again in \d+ s$/ }).waitFor();
    isDraining = false;
    await drained;
    await page.getByText(/^26–50 of/).waitFor();
  });

  it('tells an upstream that is away from a gateway that is, and keeps what it has', async () => {
    const page = await open();
    await page.getByText(/^1–25 of/).waitFor();
    const fault = stack.sandbox.faults.add({ action: { kind: 'respond', status: 503 } });
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'DRACOON does not answer' }).waitFor();
    await page.goBack();
    await page.getByText(/^1–25 of/).waitFor();
    await page.getByRole('heading', { name: 'DRACOON does not answer' }).waitFor();
    expect(await page.getByRole('table').locator('tbody tr').count()).toBe(25);
    fault.remove();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'DRACOON does not answer' }).waitFor({ state: 'detached' });
  });

  it('asks for a token, refuses a wrong one, and takes the right one for as long as the tab is open', async () => {
    const page = await open({ AUTH_MODE: 'token', UPSTREAM_TOKEN: '' });
    await page.getByRole('heading', { name: 'Sign in to see customers' }).waitFor();
    await page.getByLabel('Service token').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The token was not accepted.').waitFor();
    await page.getByLabel('Service token').fill(SANDBOX_TOKENS.second);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('1–25 of 60 customers').waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(SANDBOX_TOKENS.second);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to see customers' }).waitFor();
  });
});
