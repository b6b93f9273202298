import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/start-process.js';
import { installPackage } from './install-package.js';

const NAME = 'dracoon-graphql-gateway';

const directory = mkdtempSync(join(tmpdir(), 'package-'));
const installed = await installPackage(directory);
const advice = 'the package: skipped, needs the registry to install it with its dependencies';
// Reporters leave out the names of skipped suites.
if (!installed) process.stderr.write(`${advice}\n`);

(installed ? describe : describe.skip)(installed ? 'the package, installed from its tarball' : advice, () => {
  const files = installed?.files ?? [];

  afterAll(() => rmSync(directory, { recursive: true }));

  const runNode = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });

  /** In a process group of its own, as npx runs a shell that runs the command. */
  function startByNpx(env: Record<string, string>): { child: ChildProcess; output: () => string } {
    const child = spawn('npx', ['--no-install', NAME, 'start'], {
      cwd: directory,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', SANDBOX_CUSTOMERS: '7', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    return { child, output: () => output };
  }

  it('holds what is built and what is to be read, and nothing else', () => {
    const [built, others] = [true, false].map((isBuilt) =>
      files.filter((path) => path.startsWith('dist/') === isBuilt),
    );
    expect(others?.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'schema.graphql']);
    expect(built).toContain('dist/query-page/index.html');
    expect(files.filter((path) => /\.(?:map|ts|tsx)$|test/.test(path))).toEqual([]);
  });

  it('points at no source map that it lacks', () => {
    const scripts = files.filter((path) => path.endsWith('.js'));
    const texts = scripts.map((path) => readFileSync(join(directory, 'node_modules', NAME, path), 'utf8'));
    expect(scripts.filter((_, index) => /^\/\/# sourceMappingURL=(?!data:)/m.test(texts[index] ?? ''))).toEqual([]);
  });

  it('needs nothing that only its developers have', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: object };
    const names = readdirSync(join(directory, 'node_modules'));
    for (const name of ['typescript', 'jest', 'tsx', 'graphiql', 'esbuild']) {
      expect(Object.keys(devDependencies)).toContain(name);
      expect(names).not.toContain(name);
    }
  });

  it('gives its schema by name, and no module to import', () => {
    const path = runNode('-p', `require.resolve('${NAME}/schema.graphql')`).trim();
    expect(readFileSync(path, 'utf8')).toBe(readFileSync('schema.graphql', 'utf8'));
    expect(() => runNode('-e', `import('${NAME}')`)).toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('knows its version, and the schema that it serves', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const bin = `node_modules/.bin/${NAME}`;
    expect(runNode(bin, '--version')).toBe(`${version}\n`);
    const check = runNode(bin, 'schema', 'check', '--against', `node_modules/${NAME}/schema.graphql`);
    expect(check).toContain('keeps all');
  });

  it.each([
    ['by itself', {}],
    ['as workers', { WORKERS: '2' }],
  ])('is started by npx, %s', async (_how, env) => {
    const { child, output } = startByNpx(env);
    try {
      await until(() => output().includes('curl '));
      const url = /Endpoint +(\S+)/.exec(output())?.[1] ?? '';
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ customers { totalCount } }' }),
      });
      expect(await answer.json()).toEqual({ data: { customers: { totalCount: 7 } } });
      const page = await fetch(new URL('/', url), { headers: { accept: 'text/html' } });
      const script = /src="([^"]+)"/.exec(await page.text())?.[1] ?? '';
      expect((await fetch(new URL(script, url))).status).toBe(200);
    } finally {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await once(child, 'close');
    }
    expect(output()).toContain('"msg":"drained"');
  });
});
