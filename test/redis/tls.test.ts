import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../support/free-port.js';
import { describeWithRedis, startRedisServer, type RedisServer } from '../support/redis-server.js';
import { startProcess, until } from '../support/start-process.js';

describeWithRedis('a gateway and a Redis with TLS', () => {
  let folder: string;
  let certificate: string;
  let server: RedisServer;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gateway-tls-'));
    certificate = join(folder, 'certificate.pem');
    const key = join(folder, 'key.pem');
    const names = ['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', certificate], {
      stdio: 'pipe',
    });
    const port = await findFreePort();
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    const options = ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', ...files];
    server = await startRedisServer([...options, '--requirepass', 'correct-horse']);
    env = { PORT: '0', REDIS_URL: `rediss://:correct-horse@127.0.0.1:${port}` };
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function readRedisCheck(extra: Record<string, string>): Promise<{ check: unknown; output: string }> {
    const { child, output } = startProcess({ ...env, ...extra });
    try {
      await until(() => output().includes('curl '));
      const endpoint = /Endpoint +(\S+)/.exec(output())?.[1] ?? '';
      const answer = (await (await fetch(new URL('/health/ready', endpoint))).json()) as { checks: { redis: unknown } };
      return { check: answer.checks.redis, output: output() };
    } finally {
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    }
  }

  it('meet where the certificate is trusted', async () => {
    const { check } = await readRedisCheck({ NODE_EXTRA_CA_CERTS: certificate });
    expect(check).toEqual({ status: 'ready' });
  });

  it('do not meet if it is not, and the log has no password', async () => {
    const { check, output } = await readRedisCheck({});
    expect(check).toEqual({ status: 'degraded', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(output).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(output).not.toContain('correct-horse');
  });
});
