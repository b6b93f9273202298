import { mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { eventually } from '../support/eventually.js';
import { recordLog } from '../support/log-lines.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { startBearerStack } from '../support/token-issuer.js';

const QUERY = '{ customers(first: 1) { totalCount } }';
const { lines, logger } = recordLog();
const LOG = { LOG_OPERATIONS: 'off' };

let folder: string;
let file: string;
let stack: Stack;
let headers: Record<string, string>;
beforeEach(() => {
  lines.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'gateway-token-'));
  file = join(folder, 'token');
  writeFileSync(file, `${SANDBOX_TOKENS.first}\n`);
});
afterEach(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

/** The token that goes upstream now. */
async function tokenUpstream(): Promise<unknown> {
  stack.sandbox.log.clear();
  await stack.execute(QUERY, {}, headers);
  return stack.sandbox.log.all()[0]?.headers['x-sds-service-token'];
}

async function startWith(mode: string): Promise<void> {
  if (mode === 'none') {
    stack = await startStack({ logger, env: { ...LOG, AUTH_MODE: 'none', UPSTREAM_TOKEN_FILE: file } });
    headers = {};
    return;
  }
  const bearer = await startBearerStack({ logger, env: { ...LOG, UPSTREAM_TOKEN: '', UPSTREAM_TOKEN_FILE: file } });
  stack = bearer;
  headers = await bearer.issuer.bearer({ scope: 'customers:read' });
}

describe.each(['none', 'jwt'])('UPSTREAM_TOKEN_FILE with AUTH_MODE=%s', (mode) => {
  it('is read again when it changes', async () => {
    await startWith(mode);
    expect(await tokenUpstream()).toBe(SANDBOX_TOKENS.first);
    writeFileSync(file, SANDBOX_TOKENS.second);
    await eventually('the new token is used', async () => (await tokenUpstream()) === SANDBOX_TOKENS.second);
    expect(lines.map(({ message }) => message)).toEqual(['token file changed; its new token is used from now on']);
    expect(JSON.stringify(lines)).not.toContain(SANDBOX_TOKENS.second);
  });

  it('leaves the last token in place while it holds none', async () => {
    await startWith(mode);
    writeFileSync(file, 'two words');
    await eventually('that is in the log', () => lines.length > 0);
    expect(await tokenUpstream()).toBe(SANDBOX_TOKENS.first);
    unlinkSync(file);
    await eventually('that is in the log', () => lines.length > 1);
    expect(await tokenUpstream()).toBe(SANDBOX_TOKENS.first);
    writeFileSync(file, SANDBOX_TOKENS.second);
    await eventually('the new token is used', async () => (await tokenUpstream()) === SANDBOX_TOKENS.second);
    expect(lines.map(({ level }) => level)).toEqual(['error', 'error', 'info']);
  });

  it('may be a link that is exchanged, as a mounted secret is', async () => {
    unlinkSync(file);
    for (const name of ['first', 'second'] as const) writeFileSync(join(folder, name), SANDBOX_TOKENS[name]);
    symlinkSync('first', file);
    await startWith(mode);
    expect(await tokenUpstream()).toBe(SANDBOX_TOKENS.first);
    unlinkSync(file);
    symlinkSync('second', file);
    await eventually('the new token is used', async () => (await tokenUpstream()) === SANDBOX_TOKENS.second);
  });
});
