import ts from 'typescript';
import type { Manifest } from './render-kustomization.js';

const FILE = `${process.cwd()}/test/deploy/manifests.generated.ts`;

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  skipLibCheck: true,
  lib: ['lib.es2023.d.ts'],
};

/** `networking.k8s.io/v1` is `networking/v1` there, and `v1` is `core/v1`. */
const moduleOf = (apiVersion: string): string =>
  `kubernetes-types/${apiVersion.includes('/') ? apiVersion.replace('.k8s.io', '') : `core/${apiVersion}`}`;

const toLine = (manifest: Manifest, index: number): string =>
  `export const manifest${index}: import('${moduleOf(manifest.apiVersion)}').${manifest.kind} = ${JSON.stringify(manifest)};`;

/**
 * What the types of the Kubernetes API, which are made from its OpenAPI document, say against manifests: unknown and missing
 * keys, and values of the wrong type. Formats of texts, such as quantities, are not checked.
 */
export function typeProblems(manifests: readonly Manifest[]): string[] {
  const text = manifests.map(toLine).join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === FILE || fileExists(path);
  host.getSourceFile = (path, languageVersion) =>
    path === FILE ? ts.createSourceFile(path, text, languageVersion) : getSourceFile(path, languageVersion);
  return ts.getPreEmitDiagnostics(ts.createProgram([FILE], OPTIONS, host)).map(({ messageText, file, start }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
    return `${manifests[line]?.kind ?? '?'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
