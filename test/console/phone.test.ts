import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { useConsole } from '../support/use-console.js';

/** Elements that reach beyond the window, or beyond the panel or dialog that they are in. */
const CUT_OFF = `[...document.querySelectorAll('#console *')].flatMap((element) => {
  if (element.closest('.visually-hidden, .skip-link, thead:not(:has(button))')) return [];
  const { width, left, right } = element.getBoundingClientRect();
  const around = element.parentElement.closest('.panel, .dialog, body').getBoundingClientRect();
  const isCut = width > 0 && (right > Math.min(innerWidth, around.right) + 1 || left < around.left - 1);
  return isCut ? [element.outerHTML.slice(0, 100)] : [];
})`;

const chooseTab = async (page: Page, name: RegExp, until: string): Promise<void> => {
  await page.getByRole('tab', { name }).click();
  await page.getByText(until).first().waitFor();
};

const PLACES: [string, string, (page: Page) => Promise<void>][] = [
  ['the overview', '/', (page) => page.getByText(/^Figures of all/).waitFor()],
  ['the table', '/customers?sort=quota_used.desc', (page) => page.getByText(/^1–25 of/).waitFor()],
  ['users', '/customers/5', (page) => page.getByText(/^1–10 of/).waitFor()],
  ['attributes', '/customers/5', (page) => chooseTab(page, /Attributes/, 'New attribute')],
  ['webhooks', '/customers/5', (page) => chooseTab(page, /Webhooks/, 'Expires')],
  [
    'a selection',
    '/customers',
    async (page) => {
      await page.getByLabel('Select all customers of this page').check();
      await page.getByText('25 customers selected').waitFor();
    },
  ],
  [
    'a dialog',
    '/customers',
    async (page) => {
      await page.getByRole('button', { name: 'New customer' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
];

describeInBrowser('the console on a phone', (launch) => {
  const used = useConsole(launch);
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

  it.each(PLACES)('cuts nothing off of %s', async (_place, address, until) => {
    const page = await used.windows.open(address, phone);
    await until(page);
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.viewport.width);
  });

  it('shows each column of a customer, and sorts', async () => {
    const page = await used.windows.open('/customers', phone);
    await page.getByText(/^1–25 of/).waitFor();
    const row = page.getByRole('table').locator('tbody tr').first();
    for (const cell of await row.getByRole('cell').all()) expect(await cell.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Created' }).tap();
    await page.waitForURL(/sort=created_at\.desc/);
    await row.getByRole('checkbox').tap();
    await page.getByText('1 customer selected').waitFor();
  });

  it('stays a table to those who do not see it', async () => {
    const page = await used.windows.open('/customers', phone);
    await page.getByText(/^1–25 of/).waitFor();
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const count = (role: string): number => nodes.filter((node) => node.role?.value === role).length;
    expect(['table', 'row', 'columnheader', 'rowheader', 'cell'].map(count)).toEqual([1, 26, 8, 25, 175]);
  });
});
