import { once } from 'node:events';
import { startSandbox } from '../../src/sandbox/sandbox.js';
import { startProcess as start, until } from '../support/start-process.js';

const url = (output: string): string => /Endpoint +(\S+)/.exec(output)?.[1] ?? '';

describe('node dist/main.js', () => {
  it('says where everything is, answers the curl it prints, and stops on SIGTERM', async () => {
    const { child, output } = start({ PORT: '0' });
    await until(() => output().includes('curl '));
    expect(output()).toContain('The data is a sandbox');
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
      expect(output()).toContain('The data is real');
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
    expect(second.output()).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken\. Set PORT to another one\.\n$/);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
  });
});
