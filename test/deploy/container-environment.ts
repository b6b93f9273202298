import type { Manifest } from './render-kustomization.js';

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string; optional?: boolean } };
}

/** A container's own part of a Deployment, as far as the tests look at it. */
export interface Container {
  name: string;
  image: string;
  env?: Variable[];
  envFrom: { configMapRef: { name: string } }[];
  ports: { name: string; containerPort: number }[];
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
  resources: Record<'requests' | 'limits', { cpu: string; memory: string }>;
  lifecycle: { preStop: { sleep: { seconds: number } } };
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } };
}

/** What a container's variables are: those of maps, those set at it, and the names of those from a Secret. */
export function environmentOfContainer(
  { env = [], envFrom }: Container,
  manifests: readonly Manifest[],
): { plain: Record<string, string>; secret: string[] } {
  const plain: Record<string, string> = {};
  for (const { configMapRef } of envFrom) {
    const map = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef.name);
    if (!map) throw new Error(`There is no ConfigMap ${configMapRef.name}.`);
    Object.assign(plain, map['data']);
  }
  for (const { name, value } of env) if (value !== undefined) plain[name] = value;
  return { plain, secret: env.filter(({ valueFrom }) => valueFrom).map(({ name }) => name) };
}
