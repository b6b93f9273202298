import { readFile } from 'node:fs/promises';
import { loadUpstreamToken } from '../auth/credentials.js';
import { trimmed, type Environment } from '../config/checked-values.js';
import { ConfigError } from '../errors/config-error.js';
import { buildSubgraphSchema } from '../schema/build-subgraph-schema.js';
import { loadManifest } from '../operations/trusted-documents/load-manifest.js';
import { readManifestOperations } from '../operations/trusted-documents/manifest-operations.js';

async function tokenProblems(file: string): Promise<readonly string[]> {
  try {
    await loadUpstreamToken({ mode: 'token', credential: { file } });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

async function manifestProblems(file: string): Promise<readonly string[]> {
  try {
    loadManifest(await readFile(file, 'utf8'));
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`TRUSTED_DOCUMENTS must name a manifest of documents. ${reason}`];
  }
}

/** What is wrong with the files that variables name, as the start would find it. */
export async function fileProblems(given: Environment): Promise<readonly string[]> {
  const { UPSTREAM_TOKEN_FILE: token, TRUSTED_DOCUMENTS: manifest, TRUSTED_DOCUMENTS_MODE: mode } = trimmed(given);
  return [
    ...(token ? await tokenProblems(token) : []),
    ...(manifest && mode !== 'off' ? await manifestProblems(manifest) : []),
  ];
}

/** Trusted documents that the schema does not fit; none if there is no manifest that can be read. */
export async function manifestNotes(given: Environment): Promise<readonly string[]> {
  const { TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_MODE: mode } = trimmed(given);
  if (!file || mode === 'off' || (await manifestProblems(file)).length > 0) return [];
  const { misfits } = readManifestOperations(
    loadManifest(await readFile(file, 'utf8')),
    buildSubgraphSchema({ enforcesScopes: false }),
  );
  return misfits.map(({ id, reason }) => `The trusted document ${id} does not match the schema: ${reason}`);
}
