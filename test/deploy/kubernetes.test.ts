import { readdirSync } from 'node:fs';
import { loadConfig } from '../../src/config.js';
import { VARIABLES } from '../../src/config/variables.js';
import { environmentOfContainer, type Container } from './container-environment.js';
import { environmentOf, stageOf } from './load-dockerfile.js';
import { renderKustomization, type Manifest } from './render-kustomization.js';
import { documentedBytes, toBytes } from './sizes.js';
import { typeProblems } from './type-problems.js';

const ROOT = 'deploy/kubernetes';
const BASE = `${ROOT}/base`;
const PRODUCTION = `${ROOT}/overlays/production`;

/** What each secret variable may be like. */
const SECRETS: Record<string, string> = {
  REDIS_URL: 'rediss://user:password@redis.example.com:6379',
  WEBHOOK_SECRETS: 'a-secret-of-the-webhook',
  UPSTREAM_TOKEN: 'a-service-token',
  EXPLAIN_KEY: 'a-key-to-explain-with',
};

interface PodSpec {
  terminationGracePeriodSeconds: number;
  containers: [Container];
  volumes?: { name: string }[];
}

const only = (manifests: Manifest[], kind: string): Record<string, unknown> => {
  const found = manifests.filter((manifest) => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as Manifest & Record<string, unknown>;
};
const podOf = (manifests: Manifest[]): PodSpec =>
  (only(manifests, 'Deployment')['spec'] as { template: { spec: PodSpec } }).template.spec;

/** Every value that stands under a key, wherever it is. */
function valuesOf(node: unknown, key: string): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(value, key)]);
}

describe.each([BASE, PRODUCTION])('%s', (folder) => {
  const manifests = renderKustomization(folder, new Set());
  const pod = podOf(manifests);
  const [container] = pod.containers;
  const image = environmentOf(stageOf('deploy/Dockerfile', 'gateway'));
  const { plain, secret } = environmentOfContainer(container, manifests);
  const ofImage = { ...image, ...plain };

  it('has no key and no value that the Kubernetes API does not know', () => {
    expect(typeProblems(manifests)).toEqual([]);
  });

  it('configures the gateway with variables that it takes', () => {
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining([...Object.keys(ofImage), ...secret]));
    const secrets = Object.fromEntries(secret.map((name) => [name, SECRETS[name] ?? '']));
    expect(() => loadConfig({ ...ofImage, ...secrets })).not.toThrow();
  });

  it('takes secrets from a Secret, and holds none', () => {
    expect(Object.keys(plain).filter((name) => name in SECRETS)).toEqual([]);
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    for (const { valueFrom } of container.env ?? []) expect(valueFrom?.secretKeyRef.optional).toBeUndefined();
  });

  it('mounts what it names a file of', () => {
    const files = Object.entries(plain).filter(([name]) => name.endsWith('_FILE'));
    for (const [, path] of files) {
      const mount = container.volumeMounts?.find(({ mountPath }) => path.startsWith(`${mountPath}/`));
      expect(mount?.readOnly).toBe(true);
      expect(pod.volumes?.map(({ name }) => name)).toContain(mount?.name);
    }
    expect(files).toHaveLength(folder === PRODUCTION ? 1 : 0);
  });

  it('gives a container nothing that it does not need', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
  });

  it('lets a pod finish: preStop, the drain, what is closed after it, and a worker that hangs', () => {
    const drainSeconds = loadConfig({ UPSTREAM_URL: ofImage['UPSTREAM_URL'] }).server.shutdownGraceMs / 1_000;
    expect(Number(plain['SHUTDOWN_GRACE_MS']) / 1_000).toBe(drainSeconds);
    const { preStop } = container.lifecycle;
    expect(preStop.sleep.seconds).toBeGreaterThan(0);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(preStop.sleep.seconds + drainSeconds + 2 + 8);
  });

  it('asks for the memory that is documented, and allows twice that', () => {
    const { requests, limits } = container.resources;
    expect(toBytes(requests.memory)).toBeGreaterThan(documentedBytes());
    expect(toBytes(limits.memory)).toBeGreaterThan(2 * documentedBytes());
    // Less than a core would stop the event loop for a part of each tenth of a second.
    expect(Number(limits.cpu)).toBeGreaterThanOrEqual(1);
  });

  it('listens, is probed and is reached at one port, and shows metrics at another if that is on', () => {
    const metrics = ofImage['METRICS_PORT'];
    expect(container.ports).toEqual(
      expect.arrayContaining([
        { name: 'http', containerPort: Number(ofImage['PORT']) },
        ...(metrics === undefined ? [] : [{ name: 'metrics', containerPort: Number(metrics) }]),
      ]),
    );
    expect(container.ports).toHaveLength(metrics === undefined ? 1 : 2);
    for (const kind of ['startup', 'liveness', 'readiness'] as const)
      expect(container[`${kind}Probe`]).toMatchObject({ httpGet: { port: 'http' } });
    expect(only(manifests, 'Service')['spec']).toMatchObject({ ports: [{ name: 'http', targetPort: 'http' }] });
    const names = container.ports.map(({ name }) => ({ protocol: 'TCP', port: name }));
    for (const { spec } of manifests.filter(({ kind }) => kind === 'NetworkPolicy') as { spec?: unknown }[])
      for (const { ports } of valuesOf(spec, 'ingress').flat() as { ports: unknown[] }[])
        expect(names).toEqual(expect.arrayContaining(ports));
  });

  it('is one set of pods for all who select it', () => {
    const labels = { 'app.kubernetes.io/name': 'dracoon-gateway' };
    const deployment = only(manifests, 'Deployment')['spec'] as Record<string, unknown>;
    expect(deployment['template']).toMatchObject({ metadata: { labels } });
    expect(only(manifests, 'Service')['spec']).toMatchObject({ selector: labels });
    const selectors = [
      ...valuesOf(deployment['selector'], 'matchLabels'),
      ...valuesOf(valuesOf(deployment, 'topologySpreadConstraints'), 'matchLabels'),
      ...valuesOf(only(manifests, 'PodDisruptionBudget'), 'matchLabels'),
      ...manifests
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .flatMap((policy) => valuesOf((policy['spec'] as { podSelector: unknown }).podSelector, 'matchLabels')),
    ];
    expect(selectors.length).toBeGreaterThanOrEqual(5);
    for (const selector of selectors) expect(selector).toEqual(labels);
    expect(only(manifests, 'HorizontalPodAutoscaler')['spec']).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'dracoon-gateway' },
    });
  });
});

describe('the overlay to start from', () => {
  it('uses every file there is', () => {
    const files = new Set<string>();
    renderKustomization(PRODUCTION, files);
    const present = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
    expect([...files].sort()).toEqual(present.map((path) => `${ROOT}/${path}`).sort());
  });

  it('puts everything into its namespace, which takes restricted pods only, and its own image in place', () => {
    const manifests = renderKustomization(PRODUCTION, new Set());
    const { metadata } = only(manifests, 'Namespace') as unknown as Manifest;
    expect(metadata).toMatchObject({ labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } });
    const others = manifests.filter(({ kind }) => kind !== 'Namespace');
    expect(new Set(others.map(({ metadata: { namespace } }) => namespace))).toEqual(new Set([metadata.name]));
    expect(podOf(manifests).containers[0].image).toBe('registry.example.com/dracoon-graphql-gateway:0.1.0');
  });
});

it('notices a key that is misspelled, wherever it stands', () => {
  const manifests = renderKustomization(BASE, new Set());
  const broken = JSON.parse(JSON.stringify(manifests).replace('"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"'));
  expect(typeProblems(broken as Manifest[])).toEqual([expect.stringContaining('readOnlyRootFileSystem')]);
});
