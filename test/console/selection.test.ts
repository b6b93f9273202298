import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { createGate } from '../support/gate.js';
import { useConsole } from '../support/use-console.js';

describeInBrowser('the selection of the console', (launch) => {
  const used = useConsole(launch);
  const dialog = (page: Page) => page.getByRole('dialog');
  /** Selects the first rows of the table, and returns the names in them. */
  async function selectFirst(page: Page, count: number): Promise<string[]> {
    const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ });
    await boxes.first().waitFor();
    const names: string[] = [];
    for (let row = 0; row < count; row += 1) {
      names.push(((await boxes.nth(row).getAttribute('aria-label')) ?? '').replace('Select ', ''));
      await boxes.nth(row).check();
    }
    await page.getByText(`${count} customers selected`).waitFor();
    return names;
  }
  const writes = (): string[] =>
    used.stack.sandbox.log
      .all()
      .filter(({ method }) => method !== 'GET')
      .map(({ path }) => path);

  it('is locked and unlocked, each customer once', async () => {
    const page = await used.windows.open('/customers?status=active');
    await selectFirst(page, 3);
    for (const action of ['Lock', 'Unlock']) {
      if (action === 'Unlock') await selectFirst(page, 3);
      used.stack.sandbox.log.clear();
      await page.getByRole('button', { name: `${action} selected`, exact: true }).click();
      await dialog(page)
        .getByRole('heading', { name: `${action} 3 customers?` })
        .waitFor();
      await dialog(page).getByRole('button', { name: action, exact: true }).click();
      await dialog(page).getByText('3 of 3 customers done.').waitFor();
      expect([writes().length, new Set(writes()).size]).toEqual([3, 3]);
      await dialog(page).getByRole('button', { name: 'Done' }).click();
      await dialog(page).waitFor({ state: 'detached' });
    }
  });

  it('keeps customers for which it was not done selected, with the reason, and can be sent again', async () => {
    const page = await used.windows.open();
    const [failing, done] = await selectFirst(page, 2);
    const limited = { kind: 'respond', status: 429, body: { code: 429, message: 'Too Many Requests' } } as const;
    used.stack.sandbox.faults.add({ match: { operationId: 'updateCustomer' }, times: 1, action: limited });
    await page.getByRole('button', { name: 'Lock selected', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Lock', exact: true }).click();
    await dialog(page).getByText('1 of 2 customers done.').waitFor();
    const results = dialog(page).getByRole('list', { name: 'Results' });
    expect((await results.innerText()).split('\n')).toEqual([
      `${failing} Failed. The upstream asks to slow down.`,
      `${done} Done.`,
    ]);
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await page.getByText('1 customer selected').waitFor();
    const kept = page.getByRole('row').filter({ has: page.getByRole('checkbox', { checked: true }) });
    expect(await kept.getByRole('rowheader').innerText()).toMatch(
      new RegExp(`^${failing}\\s.*\\sFailed\\. The upstream asks to slow down\\.$`, 's'),
    );

    used.stack.sandbox.log.clear();
    await page.getByRole('button', { name: 'Lock selected', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Lock', exact: true }).click();
    await dialog(page).getByText('1 of 1 customer done.').waitFor();
    expect(writes()).toHaveLength(1);
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await page.getByText('customer selected').waitFor({ state: 'detached' });
  });

  it('is kept if the dialog is closed before anything was sent', async () => {
    const page = await used.windows.open();
    await selectFirst(page, 2);
    await page.getByRole('button', { name: 'Unlock selected' }).click();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('2 customers selected').waitFor();
    expect(writes()).toEqual([]);
  });

  it('is sent no further once it was stopped, and what was not sent stays selected', async () => {
    const page = await used.windows.open('/customers?size=100');
    await page.getByText(/^1–100 of/).waitFor();
    await page.getByLabel('Select all customers of this page').check();
    const gate = createGate();
    used.stack.sandbox.faults.add({ match: { operationId: 'updateCustomer' }, until: gate.opened });
    await page.getByRole('button', { name: 'Unlock selected' }).click();
    await dialog(page).getByRole('button', { name: 'Unlock', exact: true }).click();
    await dialog(page).getByText('0 of 100 customers…').waitFor();
    await dialog(page).getByRole('button', { name: 'Stop' }).click();
    gate.open();
    await dialog(page).getByText('50 of 100 customers done. The others stay selected.').waitFor();
    expect(writes()).toHaveLength(50);
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await page.getByText('50 customers selected').waitFor();
  });

  it('is tagged', async () => {
    const page = await used.windows.open();
    await selectFirst(page, 2);
    await page.getByRole('button', { name: 'Tag selected' }).click();
    await dialog(page).getByRole('button', { name: 'Continue' }).click();
    await dialog(page).getByLabel('Key').fill('region');
    await dialog(page).getByLabel('Value').fill('north');
    await dialog(page).getByRole('button', { name: 'Continue' }).click();
    await dialog(page).getByRole('button', { name: 'Tag', exact: true }).click();
    await dialog(page).getByText('2 of 2 customers done.').waitFor();
    expect(
      used.stack.sandbox.log.of('updateCustomerAttributes').map(({ body }) => JSON.parse(body) as unknown),
    ).toEqual(Array.from({ length: 2 }, () => ({ items: [{ key: 'region', value: 'north' }] })));
  });

  it('is deleted once its number was typed', async () => {
    const page = await used.windows.open();
    await selectFirst(page, 3);
    await page.getByRole('button', { name: 'Delete selected' }).click();
    await dialog(page).getByLabel('Type how many').fill('2');
    await dialog(page).getByRole('button', { name: 'Delete customers' }).click();
    await dialog(page).getByText('Type 3 to delete them.').waitFor();
    expect(writes()).toEqual([]);
    await dialog(page).getByLabel('Type how many').fill('3');
    await dialog(page).getByRole('button', { name: 'Delete customers' }).click();
    await dialog(page).getByText('3 of 3 customers done.').waitFor();
    expect(used.stack.sandbox.log.of('removeCustomer')).toHaveLength(3);
  });

  it('takes a whole page, and shows how far it is', async () => {
    const page = await used.windows.open();
    await page
      .getByRole('checkbox', { name: /^Select (?!all)/ })
      .first()
      .waitFor();
    await page.getByLabel('Select all customers of this page').check();
    const count = Number(/\d+/.exec(await page.getByText('customers selected').innerText())?.[0]);
    await page.getByRole('button', { name: 'Unlock selected' }).click();
    await dialog(page).getByRole('button', { name: 'Unlock', exact: true }).click();
    await dialog(page).getByText(`${count} of ${count} customers done.`).waitFor();
    expect(await dialog(page).getByRole('progressbar').getAttribute('value')).toBe(String(count));
    expect(writes()).toHaveLength(count);
  });
});
