import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { loadConfig } from '../../src/config.js';
import { createGateway } from '../../src/gateway.js';
import { describeInBrowser } from '../support/browser.js';

const TABS = [
  'CustomersByName',
  'CustomerInDetail',
  'CustomersNeedingAttention',
  'PageThroughCustomers',
  'CreateCustomer',
  'ChangeQuotaOrLock',
  'WebhooksAndEventTypes',
  'UpstreamVersion',
];

interface Answer {
  data?: Record<string, unknown>;
  errors?: unknown;
}

/** GraphiQL takes over what changed in an editor, and stores its tabs, up to half a second later. */
const EDITOR_PAUSE_MS = 800;

describeInBrowser('the query page', (launch) => {
  let gateway: Awaited<ReturnType<typeof createGateway>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requests: Request[];
  let complaints: string[];

  beforeAll(async () => {
    gateway = await createGateway(loadConfig({ PORT: '0' }));
    browser = await launch();
  });

  afterAll(async () => {
    await gateway.close();
    await browser.close();
  });

  // A context of its own gives every test the empty storage of a first visit; the editors render only what is in view.
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 2800, height: 5000 } });
    context.setDefaultTimeout(15_000);
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

  const editor = () => page.locator('.graphiql-query-editor');
  const response = () => page.locator('.graphiql-response');

  /** The text that an editor shows; the viewport is large enough to show every line unbroken. */
  async function shownText(pane: ReturnType<typeof editor>): Promise<string> {
    const lines = await pane.locator('.view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async function choose(name: string): Promise<void> {
    await page.getByRole('tab', { name }).click();
    await page.waitForTimeout(EDITOR_PAUSE_MS);
  }

  async function run(): Promise<Answer> {
    await page.getByRole('button', { name: 'Execute query' }).click();
    await response()
      .locator('.view-line', { hasText: /"(data|errors)":/ })
      .first()
      .waitFor();
    return JSON.parse(await shownText(response())) as Answer;
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

  it.each(TABS)('runs %s without errors', async (name) => {
    await choose(name);
    const { data, errors } = await run();
    expect(errors).toBeUndefined();
    const answers = Object.values(data ?? {});
    expect(answers.length).toBeGreaterThan(0);
    expect(answers).not.toContain(null);
    for (const answer of answers) expect(answer).not.toHaveProperty('userErrors.0');
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
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden)').click();
    await page.keyboard.insertText('{"X-Sds-Service-Token": "sandbox-provider-one"}');
    await page.waitForTimeout(EDITOR_PAUSE_MS);
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
