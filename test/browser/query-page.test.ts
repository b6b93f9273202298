import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import type { Gateway } from '../../src/gateway.js';
import { describeInBrowser } from '../support/browser.js';
import { EDITOR_PAUSE_MS, driveQueryPage } from '../support/drive-query-page.js';
import { eventually } from '../support/eventually.js';
import { EVENTS, rename } from '../support/subscribe.js';
import { startGateway } from '../support/start-gateway.js';

const SUBSCRIPTION = 'FollowCustomers';
const TABS = [
  'CustomersByName',
  'CustomerInDetail',
  'CustomersNeedingAttention',
  'PageThroughCustomers',
  'CreateCustomer',
  'ChangeQuotaOrLock',
  SUBSCRIPTION,
  'WebhooksAndEventTypes',
  'UpstreamVersion',
];

describeInBrowser('the query page', (launch) => {
  let gateway: Gateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requests: Request[];
  let complaints: string[];
  const { editor, response, shownText, choose, pasteHeaders, run } = driveQueryPage(() => page);

  beforeAll(async () => {
    gateway = await startGateway({ LOG_LEVEL: 'warn', QUERY_PAGE: 'on', MAX_LIVE_CONNECTIONS: '1' });
    browser = await launch();
  });

  afterAll(async () => {
    await gateway.close(0);
    await browser.close();
  });

  // A context of its own gives every test the empty storage of a first visit; the editors render only what is in view.
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 2800, height: 5000 } });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    requests = [];
    complaints = [];
    context.on('request', (request) => requests.push(request));
    context.on('weberror', (error) => complaints.push(String(error.error())));
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await open('/');
  });

  afterEach(async () => {
    const { origin } = new URL(gateway.url);
    const strangers = requests.map((request) => request.url()).filter((url) => !isWithin(origin, url));
    await context.close();
    expect(requests.length).toBeGreaterThan(0);
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });

  function isWithin(origin: string, url: string): boolean {
    return url.startsWith('data:') || new URL(url).origin === origin;
  }

  async function open(path: string): Promise<void> {
    await page.goto(new URL(path, gateway.url).href);
    await editor().locator('.view-line').first().waitFor();
  }

  /** Sends what the page did not, as another client would. */
  function send(path: string, query: string): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return fetch(new URL(path, gateway.url), { method: 'POST', headers, body: JSON.stringify({ query }) });
  }

  const storedText = () => page.evaluate<string>('JSON.stringify(localStorage)');

  it('opens the examples in tabs', async () => {
    expect(await page.title()).toBe('DRACOON provisioning · GraphQL');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(TABS);
  });

  it('runs the first example', async () => {
    const { data, errors } = await run();
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty('customers.totalCount', expect.any(Number));
    expect(data).toHaveProperty('customers.pageInfo.hasNextPage', true);
    expect(data).toHaveProperty('customers.nodes.length', 10);
    expect(data).toHaveProperty('customers.nodes.0.companyName', expect.any(String));
  });

  it('runs the second example with its variables', async () => {
    await choose('CustomerInDetail');
    const { data, errors } = await run();
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty('customer.id', '1');
    expect(data).toHaveProperty('customer.users.nodes', expect.any(Array));
  });

  it('runs each of the examples without errors', async () => {
    for (const name of TABS.filter((tab) => tab !== SUBSCRIPTION)) {
      await choose(name);
      const { data, errors } = await run();
      expect([name, errors]).toEqual([name, undefined]);
      const answers = Object.values(data ?? {});
      expect([name, answers.length > 0]).toEqual([name, true]);
      expect(answers).not.toContain(null);
      for (const answer of answers) expect(answer).not.toHaveProperty('userErrors.0');
    }
  });

  it('shows events as they happen, with the headers of the editor, until it is stopped', async () => {
    await choose(SUBSCRIPTION);
    await pasteHeaders({ 'X-Sds-Service-Token': 'sandbox-provider-one' });
    const [stream] = await Promise.all([
      page.waitForResponse('**/graphql/stream'),
      page.getByRole('button', { name: 'Execute query' }).click(),
    ]);
    expect(stream.status()).toBe(200);
    expect(await stream.request().allHeaders()).toMatchObject({ 'x-sds-service-token': 'sandbox-provider-one' });

    for (const companyName of ['Renamed elsewhere', 'Renamed again']) {
      await send('/graphql', rename(2, companyName));
      await response().locator('.view-line', { hasText: companyName }).waitFor();
      expect(JSON.parse(await shownText(response()))).toEqual({
        data: {
          customerEvents: { type: 'UPDATED', customerId: '2', customer: expect.objectContaining({ companyName }) },
        },
      });
    }

    const stopped = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/graphql/stream'));
    expect((await send('/graphql/stream', EVENTS)).status).toBe(503);
    await page.getByRole('button', { name: 'Stop query' }).click();
    await stopped;
    await eventually('the gateway has room for another', async () => {
      const other = await send('/graphql/stream', EVENTS);
      await other.body?.cancel();
      return other.status === 200;
    });
    expect(await shownText(response())).toContain('Renamed again');
  });

  it('shows why a subscription is refused', async () => {
    await choose(SUBSCRIPTION);
    await pasteHeaders({ 'X-Sds-Service-Token': 'two words' });
    expect(await run()).toHaveProperty('errors.0.extensions.code');
    complaints = complaints.filter((text) => !text.includes('the server responded with a status of 4'));
  });

  it('is what a browser gets at /graphql', async () => {
    await open('/graphql');
    expect(await page.title()).toBe('DRACOON provisioning · GraphQL');
    expect(await run()).toHaveProperty('data.customers');
  });

  it('shows the schema in the docs panel', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.locator('.graphiql-plugin');
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'customers', exact: true }).waitFor();
    expect(await docs.getByRole('link', { name: 'upstreamVersion', exact: true }).count()).toBe(1);
  });

  it('says that the data is a sandbox’s, until told that this is understood', async () => {
    const hint = page.getByRole('complementary', { name: 'About the data' });
    expect(await hint.innerText()).toContain('This is a sandbox.');
    await hint.getByRole('button', { name: 'Got it' }).click();
    await open('/');
    expect(await hint.count()).toBe(0);
    expect(await page.getByText('Sandbox data').isVisible()).toBe(true);
  });

  it('sends a pasted service token and keeps it out of the storage', async () => {
    await pasteHeaders({ 'X-Sds-Service-Token': 'sandbox-provider-one' });
    expect(await run()).toHaveProperty('data.customers');

    const last = requests.filter((request) => request.method() === 'POST').at(-1);
    expect(await last?.allHeaders()).toMatchObject({
      'content-type': 'application/json',
      origin: new URL(gateway.url).origin,
      'x-sds-service-token': 'sandbox-provider-one',
    });
    await page.waitForTimeout(EDITOR_PAUSE_MS);
    expect(await storedText()).toContain('CustomersByName');
    expect(await storedText()).not.toContain('sandbox-provider-one');
  });

  it('keeps the tabs of an earlier visit', async () => {
    await choose('UpstreamVersion');
    await open('/');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('UpstreamVersion');
    expect(await run()).toHaveProperty('data.upstreamVersion.restApiVersion');
  });

  it('prettifies an operation', async () => {
    await editor().locator('.view-line').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('{upstreamVersion{restApiVersion}}');
    await page.getByRole('button', { name: 'Prettify query' }).click();
    await editor()
      .locator('.view-line', { hasText: /^\s*restApiVersion$/ })
      .waitFor();
    expect((await shownText(editor())).trim()).toBe('{\n  upstreamVersion {\n    restApiVersion\n  }\n}');
  });

  it.each([
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(33, 42, 59)'],
  ] as const)('follows a system that prefers %s', async (colorScheme, background) => {
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(background);
    expect(await page.evaluate('getComputedStyle(document.querySelector(".graphiql-container")).backgroundColor')).toBe(
      background,
    );
  });
});
