import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { createConsoleWindows, type ConsoleWindows } from '../support/console-windows.js';
import { startConsole, type ConsoleStack } from '../support/start-console.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const PLACES: [string, string, (page: Page) => Promise<void>][] = [
  ['the overview', '/', (page) => page.getByText(/^Figures of all/).waitFor()],
  ['the table', '/customers?sort=quota_used.desc', (page) => page.getByText(/^1–25 of/).waitFor()],
  ['an empty table', '/customers?search=no-such-name', (page) => page.getByText('No customer matches').waitFor()],
  ['a customer', '/customers/5', (page) => page.getByRole('row').nth(2).waitFor()],
  [
    'its attributes',
    '/customers/5',
    async (page) => {
      await page.getByRole('tab', { name: /Attributes/ }).click();
      await page.getByRole('button', { name: 'New attribute' }).waitFor();
    },
  ],
  [
    'the webhooks',
    '/customers/5',
    async (page) => {
      await page.getByRole('tab', { name: 'Webhooks' }).click();
      await page
        .getByText(/^1–10 of/)
        .nth(0)
        .waitFor();
    },
  ],
  [
    'a dialog with errors',
    '/customers',
    async (page) => {
      await page.getByRole('button', { name: 'New customer' }).click();
      await page.getByRole('button', { name: 'Create customer' }).click();
      await page.getByText('Fill this in.').first().waitFor();
    },
  ],
];

describeInBrowser('the console for everyone', (launch) => {
  let stack: ConsoleStack;
  let browser: Browser;
  let windows: ConsoleWindows;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startConsole(), launch()]);
    windows = createConsoleWindows(browser, stack);
  });

  afterEach(() => windows.close());

  afterAll(async () => {
    await Promise.all([browser.close(), stack.close()]);
  });

  /** What axe finds wrong, at full opacity: half of an animation is no colour of ours. */
  async function violations(page: Page): Promise<string[]> {
    await page.addScriptTag({ path: AXE });
    const { violations: found } = await page.evaluate<Pick<AxeResults, 'violations'>>('axe.run()');
    return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each(PLACES)('has nothing that axe finds wrong with %s', async (_place, address, until) => {
      const page = await windows.open(address, { colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      await until(page);
      expect(await violations(page)).toEqual([]);
    });
  });

  it.each([
    ['light', 'dark', 'Dark'],
    ['dark', 'light', 'Light'],
  ] as const)('follows a system that prefers %s, until told to be %s', async (colorScheme, other, choice) => {
    const page = await windows.open('/customers', { colorScheme });
    const background = (): Promise<string> =>
      page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    const first = await background();
    await page.getByRole('radio', { name: choice }).check({ force: true });
    const chosen = await background();
    expect(chosen).not.toBe(first);
    await page.reload();
    expect(await background()).toBe(chosen);
    await page.emulateMedia({ colorScheme: other });
    expect(await background()).toBe(chosen);
  });
});
