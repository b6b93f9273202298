import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { startStack, type Stack } from '../support/start-stack.js';

const run = promisify(execFile);

/** Heading → the code below it. */
async function loadRecipes(): Promise<{ recipes: ReadonlyMap<string, string>; text: string }> {
  const text = await readFile('docs/recipes.md', 'utf8');
  const sections = text.split(/^## /m);
  const codeIn = (section: string): string => /^```ts\n(.*?)^```$/ms.exec(section)?.[1] ?? '';
  return { text, recipes: new Map(sections.map((section) => [section.split('\n', 1)[0] ?? '', codeIn(section)])) };
}

describe.each([[2_000], [50_000]])('the recipes for %d customers', (count) => {
  let stack: Stack;
  let folder: string;
  let text: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recipes-'));
    const loaded = await loadRecipes();
    text = loaded.text;
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [title, code] of loaded.recipes) {
      const isShared = code.startsWith('// ask.ts\n');
      const options = { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } };
      const { outputText } = ts.transpileModule(code, options);
      await writeFile(join(folder, isShared ? 'ask.js' : `${title}.js`), outputText);
    }
    stack = await startStack({ sandbox: { customers: count } });
    // Learns that the credential is good.
    await stack.execute('{ customer(id: 1) { id } }');
  });
  afterAll(async () => {
    await stack.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => stack.sandbox.log.clear());

  /** Runs the script of a section and returns the lines that it prints. */
  async function runRecipe(title: string, ...args: string[]): Promise<string[]> {
    const { stdout } = await run(process.execPath, [join(folder, `${title}.js`), ...args], {
      env: { GATEWAY: `${stack.gateway.url}/graphql`, DRACOON_TOKEN: 'sandbox-provider-one' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trim().split('\n').filter(Boolean);
  }
  const requests = (): number => stack.sandbox.log.all().length;
  /** The number that the table has for a job. */
  function promised(job: string): number {
    const cells =
      text
        .split('\n')
        .find((line) => line.startsWith(`| [${job}`))
        ?.split('|') ?? [];
    return Number(cells[count === 2_000 ? 2 : 3]?.replace(',', ''));
  }
  const writesOf = (operationId: string): string[] => stack.sandbox.log.of(operationId).map(({ path }) => path);

  it('add up the usage of all customers', async () => {
    const [line = ''] = await runRecipe('Month-end usage');
    expect(line).toMatch(new RegExp(`^${count} customers, \\d+ users, \\d{12,} bytes$`));
    expect(requests()).toBe(promised('Month-end usage'));
  });

  it('find the customers over 90 % of their quota', async () => {
    const lines = await runRecipe('Over 90 % of the quota');
    expect(lines.length).toBeGreaterThan(count / 50);
    for (const line of lines) expect(line).toMatch(/ (?:9\d|100) %$/);
    expect(requests()).toBe(promised('Customers over 90'));
  });

  it("find customers by the provider's own ids", async () => {
    const lines = await runRecipe("By the provider's own ids");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^C-10001 (?:\d+|none)$/);
    expect(requests()).toBeLessThanOrEqual(promised('Find by'));
  });

  it('find the customer of a login', async () => {
    const { customer } = await stack.data<{ customer: { users: { nodes: { userName: string }[] } } }, never>(
      '{ customer(id: 5) { users(first: 1) { nodes { userName } } } }',
    );
    stack.sandbox.log.clear();
    const lines = await runRecipe('Customer of a login', customer.users.nodes[0]?.userName ?? '');
    expect(lines.some((line) => line.startsWith('5 '))).toBe(true);
    expect(requests()).toBe(promised('Customer of a login'));
  });

  it('lock 500 customers, each once', async () => {
    expect(await runRecipe('Lock 500')).toEqual(['500 of 500 locked []']);
    const paths = writesOf('updateCustomer');
    expect([paths.length, new Set(paths).size]).toEqual([500, 500]);
    expect(requests()).toBeLessThanOrEqual(promised('Lock 500'));
  });

  it('create a trial once, and make it pay', async () => {
    const [first = ''] = await runRecipe('Trial');
    expect(first).toMatch(/^\d+ null$/);
    expect(requests()).toBe(promised('Trial'));
    expect(await runRecipe('Trial')).toEqual([first.replace('null', 'SAME_RESULT')]);
    expect(writesOf('createCustomer')).toHaveLength(1);
    stack.sandbox.log.clear();
    expect((await runRecipe('Demo to pay')).join(' ')).toContain("customerContractType: 'PAY'");
    expect(requests()).toBe(promised('Demo to pay'));
  });

  it('tag 500 customers', async () => {
    expect(await runRecipe('Tag 500')).toEqual(['500 of 500 tagged []']);
    expect(requests()).toBe(promised('Tag 500'));
  });

  it('remove the trials that have expired, and no other customer', async () => {
    const lines = await runRecipe('Remove expired trials');
    const removed = writesOf('removeCustomer').length;
    expect(lines.at(-1)).toMatch(/deleted \[\]$/);
    expect([removed > 0, requests() - removed]).toEqual([true, 1]);
    const left = await stack.data<{ customers: { totalCount: number } }, never>(
      '{ customers(first: 1, filter: { customerContractType: { eq: DEMO }, trialDaysLeft: { lte: 0 } }) { totalCount } }',
    );
    expect(left.customers.totalCount).toBe(0);
  });

  it('rotate the secret of each webhook', async () => {
    const lines = await runRecipe('Rotate the secrets of webhooks');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/has a new secret$/);
    expect(requests()).toBe(lines.length + 1);
  });

  it('find what was created or changed since a day', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await stack.execute(
      'mutation { updateCustomer(input: { id: 7, companyName: "Synced Ltd" }) { userErrors { code } } }',
    );
    stack.sandbox.log.clear();
    const lines = await runRecipe('Incremental sync', today);
    expect(lines).toContain('7 Synced Ltd');
    expect(lines.some((line) => line.endsWith(' Trial Ltd'))).toBe(true);
    expect(requests()).toBeGreaterThanOrEqual(promised('Incremental sync'));
  });

  if (count === 2_000) {
    it('list the users who have a role', async () => {
      const lines = await runRecipe('Audit of a role');
      expect(lines.length).toBeGreaterThan(100);
      expect(stack.sandbox.log.of('requestCustomerUsers').length).toBeGreaterThan(1_900);
      expect(requests()).toBeLessThanOrEqual(promised('Audit of a role'));
    });
  }
});
