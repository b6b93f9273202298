import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/errors/config-error.js';
import type { Gateway } from '../../src/gateway.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startGateway } from '../support/start-gateway.js';
import { startStack, type Stack } from '../support/start-stack.js';

const QUERY = '{ customers { totalCount } }';
const SECOND = { 'x-sds-service-token': SANDBOX_TOKENS.second };

async function ask(gateway: Gateway, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: QUERY }),
  });
  return response.json();
}

const counted = (totalCount: number): object => ({ data: { customers: { totalCount } } });
const unauthenticated = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

describe('with the embedded sandbox', () => {
  let gateway: Gateway;
  afterEach(() => gateway.close(0));
  const start = async (env: Record<string, string> = {}): Promise<void> => {
    gateway = await startGateway({ SANDBOX_CUSTOMERS: '15', ...env });
  };

  it('nobody has to say who is calling, and anyone may send a sandbox token', async () => {
    await start();
    expect(await ask(gateway)).toEqual(counted(15));
    expect(await ask(gateway, SECOND)).toEqual(counted(60));
  });

  it('AUTH_MODE=token demands a token there too', async () => {
    await start({ AUTH_MODE: 'token', NODE_ENV: 'production' });
    expect(await ask(gateway)).toMatchObject(unauthenticated);
    expect(await ask(gateway, SECOND)).toEqual(counted(60));
  });
});

describe('with an upstream', () => {
  let stack: Stack;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'token-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('callers have to send a token by default, and without one nothing is sent', async () => {
    stack = await startStack();
    expect(await ask(stack.gateway)).toMatchObject(unauthenticated);
    expect(stack.sandbox.log.all()).toEqual([]);
    await stack.close();
  });

  it('AUTH_MODE=none takes the token from a file, read at the start', async () => {
    const file = join(folder, 'token');
    await writeFile(file, `${SANDBOX_TOKENS.second}\n`);
    stack = await startStack({ env: { AUTH_MODE: 'none', UPSTREAM_TOKEN_FILE: file } });
    await writeFile(file, 'changed');
    expect(await ask(stack.gateway)).toEqual(counted(60));
    await stack.close();
  });

  it.each([
    ['is missing', undefined, /^UPSTREAM_TOKEN_FILE must be a file that can be read \(ENOENT\)\.$/],
    ['is empty', '\n', /^UPSTREAM_TOKEN_FILE must hold a token, and nothing else\.$/],
    ['holds something else', 'two secrets', /^UPSTREAM_TOKEN_FILE must hold a token, and nothing else\.$/],
  ])('a token file that %s stops the start, without a word of it', async (_, content, message) => {
    const file = join(folder, 'token');
    if (content !== undefined) await writeFile(file, content);
    const env = { AUTH_MODE: 'none', UPSTREAM_URL: 'http://127.0.0.1:9/api', UPSTREAM_TOKEN_FILE: file };
    const starting = startGateway(env);
    await expect(starting).rejects.toThrow(ConfigError);
    await expect(starting).rejects.toThrow(message);
  });
});
