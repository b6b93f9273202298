import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { describeInBrowser } from '../support/browser.js';
import { createConsoleWindows } from '../support/console-windows.js';
import { startConsole } from '../support/start-console.js';
import { startTokenIssuer } from '../support/token-issuer.js';
import { useConsole } from '../support/use-console.js';

const dialog = (page: Page) => page.getByRole('dialog');

async function openDialog(page: Page, format = 'CSV'): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click();
  await dialog(page).getByRole('radio', { name: format }).check({ force: true });
}

const start = (page: Page): Promise<void> => dialog(page).getByRole('button', { name: 'Export' }).click();

/** The file that a click saves, in lines. */
async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; lines: string[] }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const text = await readFile(await download.path(), 'utf8');
  return { name: download.suggestedFilename(), lines: text.trimEnd().split(/\r?\n/) };
}

describeInBrowser('files of the console', (launch) => {
  const used = useConsole(launch, { customers: 620 });
  const asked = () => used.stack.sandbox.log.of('requestCustomers').map(({ query }) => query);

  it('have all pages of the list, as it is filtered and sorted', async () => {
    const page = await used.windows.open('/customers?contract=pay&sort=quota_used.desc');
    const total = Number(/of (\d+)/.exec(await page.getByText(/^1–25 of/).innerText())?.[1]);
    const firstName = await page.getByRole('table').locator('tbody a').first().innerText();
    await openDialog(page);
    used.stack.sandbox.log.clear();
    const { name, lines } = await saved(page, () => start(page));
    await dialog(page).getByText(`The file is complete: ${total} customers in ${name}`).waitFor();
    expect(name).toMatch(/^customers-\d{4}-\d\d-\d\d\.csv$/);
    expect(lines).toHaveLength(total + 2);
    expect(lines[0]).toMatch(/^companyName,createdAt,customerContractType,id,/);
    expect(lines[1]).toContain(firstName);
    expect(lines.slice(1, -1).filter((line) => !line.includes(',PAY,'))).toEqual([]);
    expect(asked()).toEqual([
      expect.objectContaining({ limit: '499', sort: 'quotaUsed:desc', filter: 'customerContractType:eq:pay' }),
    ]);
  });

  it('have one JSON object in each line by choice, and all rows of several pages', async () => {
    const page = await used.windows.open();
    await openDialog(page, 'JSONL');
    const { name, lines } = await saved(page, () => start(page));
    await dialog(page).getByText('The file is complete: 620 customers').waitFor();
    const rows = lines.map((line) => JSON.parse(line) as { id?: string; end?: unknown });
    expect(name).toMatch(/\.jsonl$/);
    expect(new Set(rows.slice(0, -1).map(({ id }) => id)).size).toBe(620);
    expect(rows.at(-1)?.end).toMatchObject({ complete: true, rows: 620 });
  });

  it('have the users of a customer', async () => {
    const page = await used.windows.open('/customers/5');
    await openDialog(page);
    used.stack.sandbox.log.clear();
    const { name, lines } = await saved(page, () => start(page));
    expect(name).toMatch(/^users-/);
    expect(lines[0]).toMatch(/^email,expireAt,firstName,id,/);
    expect(used.stack.sandbox.log.all().map(({ operationId }) => operationId)).toEqual(['requestCustomerUsers']);
  });

  it('are said to be incomplete, with the reason, and saved only on request', async () => {
    const page = await used.windows.open();
    await openDialog(page);
    const match = { operationId: 'requestCustomers' };
    used.stack.sandbox.faults.add({ match, times: 1, action: { kind: 'transform', transform: (json) => json } });
    used.stack.sandbox.faults.add({ match, action: { kind: 'respond', status: 403, body: {} } });
    await start(page);
    const alert = dialog(page).getByRole('alert');
    await alert.getByText('The file is not complete: it has the first 499 customers.').waitFor();
    expect(await alert.innerText()).toContain('You are not allowed to do this');
    const { name, lines } = await saved(page, () => alert.getByRole('button').click());
    expect(name).toMatch(/-incomplete\.csv$/);
    expect(lines.at(-1)).toContain('""complete"":false');
  });

  it('are none if the first page cannot be read, and can be asked for again', async () => {
    const page = await used.windows.open();
    await openDialog(page);
    const fault = used.stack.sandbox.faults.add({ action: { kind: 'respond', status: 403, body: {} } });
    await start(page);
    await dialog(page).getByRole('alert').getByText('You are not allowed to do this').waitFor();
    fault.remove();
    await saved(page, () => start(page));
    // What the browser itself notes of the refusal.
    expect(used.windows.complaints().splice(0)).toEqual([expect.stringContaining('status of 403')]);
  });

  it('show that they are being read, and stop on request', async () => {
    const page = await used.windows.open();
    await openDialog(page);
    used.stack.sandbox.faults.add({ match: { operationId: 'requestCustomers' }, action: { kind: 'hang' } });
    await start(page);
    await dialog(page).getByRole('progressbar', { name: 'Progress' }).waitFor();
    await dialog(page).getByText('0 of 620 customers…').waitFor();
    await dialog(page).getByRole('button', { name: 'Stop' }).click();
    await dialog(page).getByRole('button', { name: 'Export' }).waitFor();
  });
});

describeInBrowser('files of the console, of people who sign in', (launch) => {
  it('are read with the bearer token of the caller', async () => {
    const issuer = await startTokenIssuer();
    const [stack, browser] = await Promise.all([startConsole(issuer.env), launch()]);
    const page = await createConsoleWindows(browser, stack).open();
    await page.getByRole('heading', { name: 'Sign in to see customers' }).waitFor();
    const { authorization } = await issuer.bearer({ sub: 'ada', scope: 'customers:read' });
    await page.getByLabel('Service token').fill(authorization.replace('Bearer ', ''));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('1–25 of 120 customers').waitFor();
    await openDialog(page);
    const requests = page.waitForRequest(/\/api\//);
    const { lines } = await saved(page, () => start(page));
    expect(await (await requests).headerValue('authorization')).toBe(authorization);
    expect(lines).toHaveLength(122);
    expect(new Set(stack.sandbox.log.all().map(({ token }) => token))).toEqual(new Set([SANDBOX_TOKENS.first]));
    await browser.close();
    await Promise.all([stack.close(), issuer.goDown()]);
  });
});
