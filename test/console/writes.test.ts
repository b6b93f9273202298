import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { untilLive } from '../support/console-windows.js';
import { eventually } from '../support/eventually.js';
import { useConsole } from '../support/use-console.js';

describeInBrowser('writing in the console', (launch) => {
  const used = useConsole(launch);
  const dialog = (page: Page) => page.getByRole('dialog');
  const isFocused = (page: Page, label: string): Promise<boolean> =>
    dialog(page)
      .getByLabel(label, { exact: false })
      .first()
      .evaluate((element) => element.ownerDocument.activeElement === element);

  async function fillNew(page: Page, name: string): Promise<void> {
    await page.getByRole('button', { name: 'New customer' }).click();
    await dialog(page).getByLabel('Company name').fill(name);
    await dialog(page).getByLabel('First name').fill('Ada');
    await dialog(page).getByLabel('Last name').fill('Berg');
    await dialog(page).getByLabel('Email').fill('ada@example.com');
  }

  it('creates, edits and deletes, and another window sees each as it happens', async () => {
    const here = await used.windows.open();
    const there = await used.windows.open('/customers?search=Aurora');
    await untilLive(there);
    await there.getByRole('heading', { name: 'No customer matches' }).waitFor();

    await fillNew(here, 'Aurora Werke');
    await dialog(here).getByRole('button', { name: 'Create customer' }).click();
    await here.getByRole('heading', { level: 1, name: 'Aurora Werke' }).waitFor();
    await there.getByRole('link', { name: 'Aurora Werke' }).waitFor();
    await there.getByText('Aurora Werke is new.').waitFor();

    await here.getByRole('button', { name: 'Edit' }).click();
    await dialog(here).getByLabel('Company name').fill('Aurora Group');
    await dialog(here).getByLabel('Storage').fill('1.5');
    await dialog(here).getByLabel('Unit').selectOption('TiB');
    await dialog(here).getByRole('button', { name: 'Save changes' }).click();
    await here.getByRole('heading', { level: 1, name: 'Aurora Group' }).waitFor();
    await there.getByRole('row', { name: /Aurora Group.*1\.5 TiB/ }).waitFor();
    expect(used.stack.sandbox.log.of('updateCustomer').map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { companyName: 'Aurora Group', customerContractType: 'pay', quotaMax: 1_649_267_441_664 },
    ]);

    await here.getByRole('button', { name: 'Lock' }).click();
    await dialog(here).getByRole('button', { name: 'Lock' }).click();
    await here.getByRole('button', { name: 'Unlock' }).waitFor();
    await there.getByRole('row', { name: /Aurora Group.*Locked/ }).waitFor();

    await here.getByRole('button', { name: 'Delete' }).click();
    await dialog(here).getByRole('button', { name: 'Delete customer' }).click();
    await dialog(here).getByText('Type Aurora Group to delete it.').waitFor();
    expect(used.stack.sandbox.log.of('removeCustomer')).toEqual([]);
    await dialog(here).getByLabel('Type its name').fill('Aurora Group');
    await dialog(here).getByRole('button', { name: 'Delete customer' }).click();
    await here.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
    await there.getByRole('heading', { name: 'No customer matches' }).waitFor();
  });

  it('keeps a quota beyond 2^53 to the last byte', async () => {
    const page = await used.windows.open('/customers/9');
    const edit = async (change: () => Promise<unknown>): Promise<void> => {
      await page.getByRole('button', { name: 'Edit' }).click();
      await change();
      await dialog(page).getByRole('button', { name: 'Save changes' }).click();
      await dialog(page).waitFor({ state: 'detached' });
    };
    await edit(async () => {
      await dialog(page).getByLabel('Storage').fill('9007199254740993');
      await dialog(page).getByLabel('Unit').selectOption('bytes');
    });
    await page.getByText('of 9,007,199,254,740,993 bytes').waitFor();
    await edit(async () => {
      expect(await dialog(page).getByLabel('Storage').inputValue()).toBe('9007199254740993');
      await dialog(page).getByLabel('Users').fill('77');
    });
    await page.getByText('of 77').waitFor();
    const [first = '', second = ''] = used.stack.sandbox.log.of('updateCustomer').map(({ body }) => body);
    expect(first).toMatch(/"quotaMax":9007199254740993\b/);
    expect(second).not.toContain('quotaMax');
  });

  it('says that a customer is gone as soon as another window deletes it', async () => {
    const [here, there] = [await used.windows.open('/customers/7'), await used.windows.open('/customers/7')];
    await untilLive(there);
    const name = await here.getByRole('heading', { level: 1 }).innerText();
    await here.getByRole('button', { name: 'Delete' }).click();
    await dialog(here).getByLabel('Type its name').fill(name);
    await dialog(here).getByRole('button', { name: 'Delete customer' }).click();
    await there.getByRole('heading', { name: 'There is no such customer' }).waitFor();
  });

  it.each([
    ['Storage', '5', 'The quota must be at least 1 MiB (1048576 bytes), or -1 for unlimited.'],
    ['Email', 'nobody', 'This is not a valid email address.'],
    ['Users', 'many', 'Give a whole number, such as 25.'],
  ])('places what is wrong with %s at its field, and the focus too', async (label, text, message) => {
    const page = await used.windows.open();
    await fillNew(page, 'Borealis');
    if (label === 'Storage') await dialog(page).getByLabel('Unit').selectOption('bytes');
    await dialog(page).getByLabel(label).fill(text);
    await dialog(page).getByRole('button', { name: 'Create customer' }).click();
    await dialog(page).getByText(message, { exact: true }).waitFor();
    const field = dialog(page).getByLabel(label);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const noteId = (await field.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${noteId}"]`).innerText()).toBe(message);
    await eventually('the field has the focus', () => isFocused(page, label));
    expect(await dialog(page).locator('[aria-invalid=true]').count()).toBe(1);
  });

  it('says above the form what belongs to no field, and keeps what was typed', async () => {
    const fault = used.stack.sandbox.faults.add({
      match: { operationId: 'createCustomer' },
      action: { kind: 'respond', status: 402, body: { code: 402, errorCode: -90100 } },
    });
    const page = await used.windows.open();
    await fillNew(page, 'Borealis');
    await dialog(page).getByRole('button', { name: 'Create customer' }).click();
    expect(await dialog(page).getByRole('alert').innerText()).toBe('The licence does not allow this.');
    expect(await dialog(page).getByLabel('Company name').inputValue()).toBe('Borealis');
    fault.remove();
    await dialog(page).getByRole('button', { name: 'Create customer' }).click();
    await page.getByRole('heading', { level: 1, name: 'Borealis' }).waitFor();
  });

  it('adds, changes and removes an attribute', async () => {
    const page = await used.windows.open('/customers/5');
    await page.getByRole('tab', { name: /Attributes/ }).click();
    await page.getByRole('button', { name: 'New attribute' }).click();
    await dialog(page).getByLabel('Key').fill('not allowed');
    await dialog(page).getByLabel('Value').fill('x');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await eventually('the key is at fault', () => isFocused(page, 'Key'));
    await dialog(page).getByLabel('Key').fill('cost-centre');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /cost-centre x/ }).waitFor();
    await page.getByRole('button', { name: 'Change cost-centre' }).click();
    await dialog(page).getByLabel('Value').fill('y');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /cost-centre y/ }).waitFor();
    await page.getByRole('button', { name: 'Remove cost-centre' }).click();
    await dialog(page).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('row', { name: /cost-centre/ }).waitFor({ state: 'detached' });
  });

  it('takes nothing but a keyboard', async () => {
    const page = await used.windows.open();
    await page.getByText(/^1–25 of/).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate<string>('document.activeElement.innerText || document.activeElement.name || ""');
    const tabTo = async (text: string): Promise<void> => {
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()).trim().startsWith(text)) return;
      }
      throw new Error(`Tab does not reach ${text}`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');

    await tabTo('New customer');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('companyName');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect((await focused()).trim()).toBe('New customer');

    await page.keyboard.press('Enter');
    await page.keyboard.type('Clavis');
    await tabTo('firstAdminUser.firstName');
    await page.keyboard.type('Ada');
    await tabTo('firstAdminUser.lastName');
    await page.keyboard.type('Berg');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Clavis' }).waitFor();
    expect(await focused()).toBe('Clavis');

    await tabTo('Users');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('Attributes');
    expect(await focused()).toContain('Attributes');
  });
});
