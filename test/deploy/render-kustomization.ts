import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

type Tree = Record<string, unknown>;

export interface Manifest extends Tree {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

interface Kustomization {
  apiVersion: string;
  kind: string;
  namespace?: string;
  resources?: string[];
  components?: string[];
  patches?: { path: string }[];
  images?: { name: string; newName: string; newTag: string }[];
  configMapGenerator?: { name: string; behavior?: 'merge'; literals: string[] }[];
}

const KNOWN = new Set([
  'apiVersion',
  'kind',
  'namespace',
  'resources',
  'components',
  'patches',
  'images',
  'configMapGenerator',
]);
/** By which lists of containers, volumes, variables and ports are merged, item by item. */
const MERGE_KEYS = ['name', 'mountPath'];

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

function mergeLists(base: unknown[], patch: unknown[]): unknown[] {
  const key = MERGE_KEYS.find((name) => [...base, ...patch].every((item) => isTree(item) && name in item));
  if (key === undefined) return patch;
  const merged = [...base] as Tree[];
  for (const item of patch as Tree[]) {
    const index = merged.findIndex((candidate) => candidate[key] === item[key]);
    if (index < 0) merged.push(item);
    else merged[index] = merge(merged[index], item) as Tree;
  }
  return merged;
}

/** Kubernetes' strategic merge, as far as the patches here need it. */
function merge(base: unknown, patch: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(patch)) return mergeLists(base, patch);
  if (!isTree(base) || !isTree(patch)) return patch;
  return Object.entries(patch).reduce<Tree>(
    (merged, [key, value]) => ({ ...merged, [key]: merge(base[key], value) }),
    base,
  );
}

const isSame = (one: Manifest, other: Manifest): boolean =>
  one.apiVersion === other.apiVersion && one.kind === other.kind && one.metadata.name === other.metadata.name;

function patched(manifests: Manifest[], patch: Manifest): Manifest[] {
  if (!manifests.some((manifest) => isSame(manifest, patch)))
    throw new Error(`There is no ${patch.kind} ${patch.metadata.name} to patch.`);
  return manifests.map((manifest) => (isSame(manifest, patch) ? (merge(manifest, patch) as Manifest) : manifest));
}

function withConfigMaps(manifests: Manifest[], generators: Kustomization['configMapGenerator'] = []): Manifest[] {
  return generators.reduce((result, { name, behavior, literals }) => {
    const data = Object.fromEntries(literals.map((literal) => literal.split(/=(.*)/s, 2)));
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
    return behavior === 'merge' ? patched(result, made) : [...result, made];
  }, manifests);
}

function withImage(
  node: unknown,
  { name, newName, newTag }: { name: string; newName: string; newTag: string },
): unknown {
  if (Array.isArray(node)) return node.map((item) => withImage(item, { name, newName, newTag }));
  if (!isTree(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === 'image' && value === name
        ? [key, `${newName}:${newTag}`]
        : [key, withImage(value, { name, newName, newTag })],
    ),
  );
}

const loadManifests = (path: string): Manifest[] =>
  parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as Manifest);

/**
 * What `kubectl kustomize` makes of a folder, for the part of Kustomize that these files use; the names of generated maps
 * are without their hash. `files` gets every file that was read. @throws Error on any other part of Kustomize
 */
export function renderKustomization(folder: string, files: Set<string>, onto: Manifest[] = []): Manifest[] {
  const path = join(folder, 'kustomization.yaml');
  files.add(path);
  const kustomization = parse(readFileSync(path, 'utf8')) as Kustomization;
  const unknown = Object.keys(kustomization).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw new Error(`${path}: ${unknown.join(', ')} is not rendered here`);

  const load = (name: string): Manifest[] => {
    const file = join(folder, name);
    files.add(file);
    return loadManifests(file);
  };
  let manifests = [...onto];
  for (const name of kustomization.resources ?? [])
    manifests.push(...(name.endsWith('.yaml') ? load(name) : renderKustomization(join(folder, name), files)));
  for (const name of kustomization.components ?? [])
    manifests = renderKustomization(join(folder, name), files, manifests);
  for (const patch of (kustomization.patches ?? []).flatMap(({ path: name }) => load(name)))
    manifests = patched(manifests, patch);
  manifests = withConfigMaps(manifests, kustomization.configMapGenerator);
  for (const image of kustomization.images ?? []) manifests = withImage(manifests, image) as Manifest[];
  const { namespace } = kustomization;
  if (namespace === undefined) return manifests;
  return manifests.map((manifest) =>
    manifest.kind === 'Namespace' ? manifest : { ...manifest, metadata: { ...manifest.metadata, namespace } },
  );
}
