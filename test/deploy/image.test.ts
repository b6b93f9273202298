import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { findFreePort } from '../support/free-port.js';
import { until } from '../support/start-process.js';
import { environmentOfContainer, type Container } from './container-environment.js';
import { environmentOf, stageOf, textsOf } from './load-dockerfile.js';
import { copyProductionTree } from './production-tree.js';
import { renderKustomization } from './render-kustomization.js';

/**
 * What the image holds and runs, without Docker: the production packages and `dist/` in a folder that the process cannot
 * write to, started by the image's own command, with the environment of the Kubernetes overlay.
 */
const image = stageOf('deploy/Dockerfile', 'gateway');
const manifests = renderKustomization('deploy/kubernetes/overlays/production', new Set());
const manifestOf = (kind: string): Record<string, unknown> | undefined =>
  manifests.find((manifest) => manifest.kind === kind);
const { spec } = manifestOf('Deployment') as { spec: { template: { spec: { containers: [Container] } } } };
const [container] = spec.template.spec.containers;

const [uid = 0, gid = 0] = (textsOf(image, 'USER')[0] ?? '').split(':').map(Number);
const [entry = '', ...parameters] = ['ENTRYPOINT', 'CMD'].flatMap(
  (name) => JSON.parse(textsOf(image, name)[0] ?? '[]') as string[],
);
// Only root can become someone else, and only where that one may run this Node, which may be in a home of root's.
const mayBecome = process.getuid?.() === 0 && spawnSync(process.execPath, ['--version'], { uid, gid }).status === 0;
const identity = mayBecome ? { uid, gid } : {};

let folder: string;
let sandbox: Sandbox;
let environment: Record<string, string>;
let child: ChildProcess;
let output = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-image-'));
  copyProductionTree(folder);
  const tokenFile = join(folder, 'upstream-token');
  writeFileSync(tokenFile, SANDBOX_TOKENS.first);
  sandbox = await startSandbox({ customers: 12 });
  const port = await findFreePort();
  environment = {
    PATH: process.env['PATH'] ?? '',
    ...environmentOf(image),
    ...environmentOfContainer(container, manifests).plain,
    // What differs from machine to machine. Redis is left out, and the gateway goes on without.
    HOST: '127.0.0.1',
    PORT: String(port),
    UPSTREAM_URL: sandbox.url,
    UPSTREAM_TOKEN_FILE: tokenFile,
    WEBHOOK_SECRETS: 'a-secret-of-the-webhook',
  };
  spawnSync('chmod', ['-R', 'a-w,a+rX', folder]);
  expect(entry).toBe('node');
  child = spawn(process.execPath, parameters, { cwd: folder, env: environment, ...identity });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(() => output.includes('Endpoint') || child.exitCode !== null);
});

afterAll(async () => {
  child.kill('SIGKILL');
  await sandbox.close();
  chmodSync(folder, 0o700);
  spawnSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true });
});

const url = (path: string): string => `http://127.0.0.1:${environment['PORT'] ?? ''}${path}`;

describe('what the image runs', () => {
  it('answers an operation with the production packages alone', async () => {
    const response = await fetch(url('/graphql'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sds-service-token': SANDBOX_TOKENS.first },
      body: JSON.stringify({ query: '{ customers { totalCount } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { customers: { totalCount: 12 } } });
  });

  it.each(['startup', 'liveness', 'readiness'] as const)('answers the %s probe', async (probe) => {
    const { path } = container[`${probe}Probe`]?.httpGet ?? {};
    expect((await fetch(url(path ?? ''))).status).toBe(200);
  });

  it('has something at every path of the ingress', async () => {
    const ingress = JSON.stringify(manifestOf('Ingress'));
    const paths = [...ingress.matchAll(/"path":"([^"]+)"/g)].map(([, path = '']) => path);
    expect(paths).toHaveLength(2);
    for (const path of paths) expect((await fetch(url(path), { method: 'POST' })).status).not.toBe(404);
    expect((await fetch(url('/nothing'), { method: 'POST' })).status).toBe(404);
  });

  it('is healthy by the command of the image, as long as it listens', async () => {
    const [, command = '[]'] = /CMD (\[.*\])$/.exec(textsOf(image, 'HEALTHCHECK')[0] ?? '') ?? [];
    const [, ...script] = JSON.parse(command) as string[];
    const check = async (port: string): Promise<unknown> => {
      const checking = spawn(process.execPath, script, { env: { ...environment, PORT: port }, stdio: 'ignore' });
      return (await once(checking, 'exit'))[0];
    };
    expect(await check(environment['PORT'] ?? '')).toBe(0);
    expect(await check(String(await findFreePort()))).toBe(1);
  });

  it('stops on SIGTERM, with 0', async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
