import { once } from 'node:events';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { startProcess as start, until } from '../support/start-process.js';

const url = (output: string): string => /Endpoint +(\S+)/.exec(output)?.[1] ?? '';

describe('node dist/main.js', () => {
  it('prints addresses on one screen, answers the curl it prints, and stops on SIGTERM', async () => {
    const { child, output } = start({ PORT: '0' });
    await until(() => output().includes('Stop with Ctrl+C'));
    expect(output().split('\n').length).toBeLessThanOrEqual(24);
    expect(output()).toContain('sandbox with made-up customers');
    expect(output()).toMatch(/Query page +http:\/\/127\.0\.0\.1:\d+\/\n/);

    const curl = /curl (\S+) -H '([^']+)' -d '([^']+)'/.exec(output());
    const [name = '', value = ''] = curl?.[2]?.split(': ') ?? [];
    const response = await fetch(curl?.[1] ?? '', {
      method: 'POST',
      headers: { [name]: value },
      body: curl?.[3] ?? '',
    });
    expect(await response.json()).toMatchObject({ data: { customers: { totalCount: 2000 } } });

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('serves the configured upstream and no sandbox', async () => {
    const sandbox = await startSandbox({ customers: 12 });
    const { child, output } = start({ PORT: '0', UPSTREAM_URL: sandbox.url, UPSTREAM_CHECK_SECONDS: '0' });
    try {
      await until(() => output().includes('curl '));
      expect(output()).toContain('real, from the server in UPSTREAM_URL');
      expect(output()).not.toContain(new URL(sandbox.url).host);
      const response = await fetch(url(output()), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sds-service-token': 'sandbox-provider-one' },
        body: JSON.stringify({ query: '{ customers { totalCount } }' }),
      });
      expect(await response.json()).toEqual({ data: { customers: { totalCount: 12 } } });
      expect(sandbox.log.all()).toHaveLength(1);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await sandbox.close();
    }
  });

  it('names no query page where it serves none', async () => {
    const { child, output } = start({ PORT: '0', NODE_ENV: 'production', AUTH_MODE: 'token' });
    try {
      await until(() => output().includes('curl '));
      expect(output()).not.toContain('Query page');
      expect((await fetch(new URL('/', url(output())))).status).toBe(404);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  it.each(['1', '2'])('warns once of a plain http upstream in production with WORKERS=%s', async (WORKERS) => {
    const { child, output } = start({
      PORT: '0',
      WORKERS,
      NODE_ENV: 'production',
      UPSTREAM_URL: 'http://dracoon.invalid/api',
      UPSTREAM_CHECK_SECONDS: '0',
    });
    try {
      await until(() => output().includes('curl '));
      expect(output().match(/"level":40.*UPSTREAM_URL is plain http/g)).toHaveLength(1);
      expect(output()).not.toContain('dracoon.invalid');
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  it.each(['1', '2'])('logs once what is likely not to be meant, with WORKERS=%s', async (WORKERS) => {
    const { child, output } = start({
      PORT: '0',
      WORKERS,
      QUERY_PAGE: 'off ',
      CACHE_SWR_SECONDS: '30',
      UPSTREAM_BASE_URL: 'http://dracoon.invalid/api',
    });
    try {
      await until(() => output().includes('curl '));
      expect(output().match(/"level":40.*CACHE_SWR_SECONDS has no effect/g)).toHaveLength(1);
      expect(output().match(/"level":40.*UPSTREAM_BASE_URL is not a variable .* mean UPSTREAM_URL/g)).toHaveLength(1);
      expect(output()).not.toContain('dracoon.invalid');
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  it('names what may be misspelt beside what is wrong', async () => {
    const { child, output } = start({ AUTH_MODE: 'jwt', UPSTREAM_TOKN: 'x', PORT: '0' });
    expect(await once(child, 'exit')).toEqual([78, null]);
    expect(output()).toMatch(
      /UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must be set[^]*Note: UPSTREAM_TOKN is not a variable/,
    );
  });

  it('names every bad variable and exits with 78', async () => {
    const { child, output } = start({ PORT: 'x', UPSTREAM_URL: 'nowhere' });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(78);
    expect(output()).toMatch(/PORT must .*\n.*UPSTREAM_URL must /);
  });

  it('names a token file that cannot be read, and exits with 78', async () => {
    const { child, output } = start({
      PORT: '0',
      AUTH_MODE: 'jwt',
      JWT_JWKS_URL: 'http://127.0.0.1:9/keys',
      JWT_ISSUER: 'https://issuer.example',
      JWT_AUDIENCE: 'dracoon-gateway',
      UPSTREAM_TOKEN_FILE: 'no/such/file',
    });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(78);
    expect(output()).toContain('  - UPSTREAM_TOKEN_FILE must be a file that can be read (ENOENT).\n');
  });

  it('says so where its port is taken', async () => {
    const first = start({ PORT: '0' });
    await until(() => first.output().includes('curl '));
    const second = start({ PORT: new URL(url(first.output())).port });
    const [code] = (await once(second.child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(second.output()).toMatch(/^Port \d+ on 127\.0\.0\.1 is in use\. Set PORT to another one\.\n$/);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
  });
});
