import type { Browser, Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { createConsoleWindows, type ConsoleWindows } from '../support/console-windows.js';
import { eventually } from '../support/eventually.js';
import { startConsole, type ConsoleStack } from '../support/start-console.js';
import { untilCount } from '../support/until-count.js';

describeInBrowser('the table of the console', (launch) => {
  let stack: ConsoleStack;
  let browser: Browser;
  let windows: ConsoleWindows;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startConsole(), launch()]);
    windows = createConsoleWindows(browser, stack);
  });

  beforeEach(() => stack.sandbox.log.clear());

  afterEach(async () => {
    const [complaints, sent] = [windows.complaints().slice(), windows.sent().slice()];
    await windows.close();
    expect(complaints).toEqual([]);
    expect(sent.length).toBeGreaterThan(0);
    // Documents are named and never sent.
    expect(sent.filter((body) => 'query' in body)).toEqual([]);
  });

  afterAll(async () => {
    await Promise.all([browser.close(), stack.close()]);
  });

  const rows = (page: Page) => page.getByRole('table').locator('tbody tr');
  const names = async (page: Page): Promise<string[]> => rows(page).locator('a').allInnerTexts();
  /** What the upstream was asked for, apart from the counts, which are pages of one. */
  const pagesAsked = () =>
    stack.sandbox.log
      .of('requestCustomers')
      .map(({ query }) => query)
      .filter(({ limit }) => limit !== '1');

  it('shows the first page by name, and how many there are', async () => {
    const page = await windows.open();
    await page.getByText('1–25 of 120 customers').waitFor();
    expect(await rows(page).count()).toBe(25);
    expect(await page.title()).toBe('Customers · Provisioning');
    expect(pagesAsked()).toEqual([expect.objectContaining({ limit: '25', sort: 'companyName:asc' })]);
  });

  it('filters on the server, by name, contract and status', async () => {
    const page = await windows.open();
    await page.getByLabel('Search by company name').fill('e');
    await page.getByText('Paid', { exact: false }).first().click();
    await page.getByText('Locked', { exact: true }).first().click();
    await page.waitForURL(/search=e.*contract=pay.*locked=true/);
    await eventually('it is asked for', () =>
      pagesAsked().some(({ filter = '' }) => /companyName.*isLocked|isLocked.*companyName/.test(filter)),
    );
    await eventually('only locked ones are shown', async () => {
      const [all, locked] = [await rows(page).count(), await rows(page).filter({ hasText: 'Locked' }).count()];
      return all > 0 && all === locked;
    });
    const filter = pagesAsked().at(-1)?.['filter'];
    expect(filter).toContain('companyName:cn:e');
    expect(filter).toContain('customerContractType:eq:pay');
    expect(filter).toContain('isLocked:eq:true');
    const shown = await names(page);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((name) => !name.toLowerCase().includes('e'))).toEqual([]);
  });

  it.each([
    ['Provider id', 'provider-id', 'C-10', 'providerCustomerId:cn:C-10', 'No customer matches'],
    ['Login', 'login', 'no.one', 'userLogin:eq:no.one', 'None has “no.one” as the login of a user.'],
    [
      'Attribute',
      'attribute',
      'city=none',
      'attributeKey:eq:city|attributeValue:eq:none',
      'None has “city=none” as an attribute.',
    ],
  ])('searches by %s, and keeps that in the address', async (label, by, text, condition, nothing) => {
    const page = await windows.open();
    await page.getByText('1–25 of 120 customers').waitFor();
    await page.getByLabel('Search by', { exact: true }).selectOption(label);
    await page.getByRole('searchbox', { name: `Search by ${label.toLowerCase()}` }).fill(text);
    await page.waitForURL(new RegExp(`search=${encodeURIComponent(text)}&by=${by}$`));
    await eventually('it is asked for', () => pagesAsked().some(({ filter }) => filter === condition));
    await page.getByText(by === 'provider-id' ? /^1–\d+ of/ : nothing).waitFor();
    stack.sandbox.log.clear();
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe(text);
    expect(await page.getByLabel('Search by', { exact: true }).inputValue()).toBe(by);
    await eventually('it is asked for', () => pagesAsked().some(({ filter }) => filter === condition));
  });

  it('sorts on the server, and says so', async () => {
    const page = await windows.open();
    await page.getByRole('button', { name: 'Storage' }).click();
    await page.waitForURL(/sort=quota_used\.desc/);
    await page.getByRole('columnheader', { name: 'Storage' }).and(page.locator('[aria-sort=descending]')).waitFor();
    await page.getByRole('button', { name: 'Storage' }).click();
    await page.getByRole('columnheader', { name: 'Storage' }).and(page.locator('[aria-sort=ascending]')).waitFor();
    await page.waitForURL(/sort=quota_used\.asc/);
    await untilCount('all are asked for', 3, () => pagesAsked().length);
    expect(pagesAsked().map(({ sort }) => sort)).toEqual(['companyName:asc', 'quotaUsed:desc', 'quotaUsed:asc']);
  });

  it('pages on the server, and keeps its place over a reload and a visit to a customer', async () => {
    const page = await windows.open('/customers?sort=created_at.desc');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('26–50 of 120 customers').waitFor();
    await page.reload();
    await page.getByText('26–50 of 120 customers').waitFor();
    expect(pagesAsked().at(-1)).toMatchObject({ offset: '25', limit: '25', sort: 'createdAt:desc' });

    const [name = ''] = await names(page);
    await page.getByRole('link', { name, exact: true }).click();
    const heading = page.getByRole('heading', { level: 1, name });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true);
    await page.getByRole('main').getByRole('link', { name: 'Customers' }).click();
    await page.getByText('26–50 of 120 customers').waitFor();
    expect(page.url()).toMatch(/\?sort=created_at\.desc&page=2$/);
  });

  it('counts each contract within the other filters', async () => {
    const page = await windows.open('/customers?locked=true');
    const count = async (label: string): Promise<number> =>
      Number(await page.locator('label', { hasText: label }).locator('.segment-count').innerText());
    await page.getByText(/^1–\d+ of/).waitFor();
    const [all, pay, free, demo] = [await count('All'), await count('Paid'), await count('Free'), await count('Demo')];
    expect(all).toBeGreaterThan(0);
    expect(pay + free + demo).toBe(all);
    expect(await rows(page).count()).toBe(all);
  });

  it('says that nothing matches, and leads back', async () => {
    const page = await windows.open('/customers?search=no-such-name');
    await page.getByRole('heading', { name: 'No customer matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('1–25 of 120 customers').waitFor();
    expect(await page.getByLabel('Search by company name').inputValue()).toBe('');
  });

  it('refuses what cannot be searched for before it is sent', async () => {
    const page = await windows.open();
    await page.getByText('1–25 of 120 customers').waitFor();
    const search = page.getByLabel('Search by company name');
    await search.fill('a|b');
    await page.getByText('DRACOON cannot search for | or :').waitFor();
    expect(await search.getAttribute('aria-invalid')).toBe('true');
    await search.fill('e');
    await page.waitForURL(/search=e$/);
    await eventually('it is asked for', () => pagesAsked().length > 1);
    expect(pagesAsked().map(({ filter = '' }) => filter)).toEqual(['', expect.stringContaining('companyName:cn:e')]);
  });

  it('is served with a policy that the browser finds nothing against', async () => {
    const page = await windows.open();
    await page.getByText('1–25 of 120 customers').waitFor();
    const { headers } = await fetch(stack.url);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  });

  it('is all that the gateway runs', async () => {
    await windows.open();
    const refused = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(refused.status).toBe(403);
  });
});
