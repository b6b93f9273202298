import { readFile } from 'node:fs/promises';
import { loadUpstreamToken } from '../auth/load-upstream-token.js';
import { ConfigError } from '../config/config-error.js';
import { loadManifest } from '../server/trusted-documents/load-manifest.js';

type Environment = Readonly<Record<string, string | undefined>>;

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
export async function fileProblems(env: Environment): Promise<readonly string[]> {
  const { UPSTREAM_TOKEN_FILE: token, TRUSTED_DOCUMENTS: manifest, TRUSTED_DOCUMENTS_MODE: mode } = env;
  return [
    ...(token ? await tokenProblems(token) : []),
    ...(manifest && mode !== 'off' ? await manifestProblems(manifest) : []),
  ];
}
