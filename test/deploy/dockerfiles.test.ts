import { existsSync, readFileSync } from 'node:fs';
import { VARIABLES } from '../../src/config/variables.js';
import { environmentOf, loadDockerfile, stageOf, textsOf } from './load-dockerfile.js';

const FILES = ['deploy/Dockerfile', 'deploy/supergraph/Dockerfile'];

const ignore = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const isSent = (path: string): boolean =>
  ignore.some((line) => line.startsWith('!') && `${path}/`.startsWith(`${line.slice(1)}/`));

const { scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};

describe('.dockerignore', () => {
  it('sends nothing that is not named', () => {
    expect(ignore[0]).toBe('*');
    expect(ignore.slice(1).every((line) => line.startsWith('!'))).toBe(true);
    expect(['.env', '.git', 'node_modules', 'dist', 'test'].filter(isSent)).toEqual([]);
  });

  it('names what exists', () => {
    expect(ignore.slice(1).filter((line) => !existsSync(line.slice(1)))).toEqual([]);
  });
});

describe.each(FILES)('%s', (path) => {
  const stages = loadDockerfile(path);
  const names = stages.map(({ name }) => name);

  it('starts each stage from an earlier one or from an image by its version', () => {
    for (const [index, { from }] of stages.entries())
      if (!names.slice(0, index).includes(from)) expect(from).toMatch(/^[\w./-]+:\d+(\.|-|$)/);
  });

  it('copies what the repository has and .dockerignore sends, or what an earlier stage made', () => {
    for (const [index, stage] of stages.entries())
      for (const text of textsOf(stage, 'COPY')) {
        const [, from] = /^--from=(\S+) /.exec(text) ?? [];
        const sources = text.split(' ').slice(from === undefined ? 0 : 1, -1);
        expect(sources.length).toBeGreaterThan(0);
        if (from === undefined) expect(sources.filter((source) => !existsSync(source) || !isSent(source))).toEqual([]);
        else expect(names.slice(0, index)).toContain(from);
      }
  });

  it('runs scripts that package.json has', () => {
    const run = stages.flatMap((stage) => textsOf(stage, 'RUN')).flatMap((text) => text.match(/npm run .*/) ?? []);
    expect(run).toHaveLength(1);
    for (const text of run) expect(Object.keys(scripts)).toContain(text.split(' ').find((word) => word in scripts));
  });
});

describe('the image of the gateway', () => {
  const gateway = stageOf('deploy/Dockerfile', 'gateway');
  const environment = environmentOf(gateway);

  it('is what is built without a target', () => {
    expect(loadDockerfile('deploy/Dockerfile').at(-1)?.name).toBe('gateway');
  });

  it('has production dependencies only, none of which ran a script', () => {
    const copied = textsOf(gateway, 'COPY').find((text) => text.includes('node_modules'));
    expect(copied).toMatch(/^--from=dependencies /);
    const dependencies = stageOf('deploy/Dockerfile', 'dependencies');
    expect(textsOf(dependencies, 'RUN')).toEqual(['npm ci --omit=dev --omit=optional --ignore-scripts']);
  });

  it('runs on a Node that package.json allows', () => {
    const major = Number(/^node:(\d+)-/.exec(gateway.from)?.[1]);
    expect(major).toBeGreaterThan(Number(/>=(\d+)/.exec(engines.node)?.[1]));
  });

  it('is not root, by number', () => {
    expect(textsOf(gateway, 'USER')).toEqual([expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
  });

  it('sets variables that the gateway has, and exposes its port', () => {
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(textsOf(gateway, 'EXPOSE')).toEqual([environment['PORT']]);
  });
});
