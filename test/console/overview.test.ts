import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { createSandboxCall } from '../support/sandbox-client.js';
import { useConsole } from '../support/use-console.js';

interface Customer {
  companyName: string;
  lastLoginAt?: string;
}

describeInBrowser('the overview of the console', (launch) => {
  const used = useConsole(launch, { customers: 620 });
  const asked = () => used.stack.sandbox.log.all().map(({ operationId, query }) => [operationId, query['limit']]);
  const untilRead = (page: Page) => page.getByText(/^Figures of all 620 customers\. Read at/).waitFor();

  it('is read by one request for each page of customers, and none for a customer', async () => {
    const page = await used.windows.open('/');
    await untilRead(page);
    expect(asked()).toEqual([
      ['requestCustomers', '499'],
      ['requestCustomers', '500'],
    ]);
    expect(await page.title()).toBe('Overview · Provisioning');
  });

  it('says in tables what its charts show', async () => {
    const page = await used.windows.open('/');
    await untilRead(page);
    const rows = page.getByRole('table', { name: 'Customers by contract' }).locator('tbody tr');
    const counts = await rows.locator('td').allInnerTexts();
    expect(await rows.locator('th').allInnerTexts()).toEqual(['Paid', 'Free', 'Demo']);
    expect(counts.map(Number).reduce((sum, count) => sum + count)).toBe(620);
    for (const name of ['Storage used and sold', 'Users used and sold', /^Customers with a limit/]) {
      expect(await page.getByRole('table', { name }).locator('tbody tr').count()).toBeGreaterThan(2);
    }
    expect(await page.locator('.chart-drawing rect').count()).toBeGreaterThan(20);
  });

  it('leads to customers near a limit', async () => {
    const page = await used.windows.open('/');
    await untilRead(page);
    const link = page.getByRole('region', { name: 'Near a limit' }).getByRole('link').first();
    const name = await link.innerText();
    await link.click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  });

  it('lists customers none of whose users has ever logged in', async () => {
    const call = createSandboxCall(used.stack.sandbox);
    const pages = await Promise.all(
      ['0', '500'].map((offset) => call('GET', '/v4/provisioning/customers', { query: { limit: '500', offset } })),
    );
    const all = pages.flatMap(({ text }) => (JSON.parse(text) as { items: Customer[] }).items);
    const never = all.filter(({ lastLoginAt }) => lastLoginAt === undefined);
    const page = await used.windows.open('/');
    await untilRead(page);
    await page.getByText(`${never.length} customers none of whose users has ever logged in`).waitFor();
    const names = await page.getByRole('region', { name: 'Never logged in' }).getByRole('link').allInnerTexts();
    const known = new Set(never.map(({ companyName }) => companyName));
    expect(names.map((name) => known.has(name))).toEqual(Array.from({ length: 10 }, () => true));
  });

  it('says that customers have changed, and reads them again only on request', async () => {
    const page = await used.windows.open('/');
    await untilRead(page);
    const other = await used.windows.open('/customers/5');
    used.stack.sandbox.log.clear();
    await other.getByRole('button', { name: /^(Lock|Unlock)$/ }).click();
    await other
      .getByRole('dialog')
      .getByRole('button', { name: /^(Lock|Unlock)$/ })
      .click();
    await page.getByText('Customers have changed since.').waitFor();
    expect(used.stack.sandbox.log.of('requestCustomers')).toEqual([]);
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('Customers have changed since.').waitFor({ state: 'detached' });
    await untilRead(page);
    expect(used.stack.sandbox.log.of('requestCustomers')).toHaveLength(2);
  });

  it('says what went wrong, and tries again on request', async () => {
    const fault = used.stack.sandbox.faults.add({
      match: { operationId: 'requestCustomers' },
      action: { kind: 'respond', status: 403, body: {} },
    });
    const page = await used.windows.open('/');
    await page.getByRole('heading', { name: 'You are not allowed to do this' }).waitFor();
    fault.remove();
    await page.getByRole('button', { name: 'Try again' }).click();
    await untilRead(page);
  });

  it('comes first in the navigation', async () => {
    const page = await used.windows.open('/customers?search=e');
    const places = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect(await places.allInnerTexts()).toEqual(['Overview', 'Customers']);
    await places.first().click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    expect(await places.first().getAttribute('aria-current')).toBe('page');
    await untilRead(page);
  });
});
