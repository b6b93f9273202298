import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE_DOCUMENTS } from '../../src/operations/trusted-documents/sample-documents.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import { startStack, type Stack } from './start-stack.js';

type StackOptions = NonNullable<Parameters<typeof startStack>[0]>;

export interface Doors extends Stack {
  /** Of the file that the gateway follows. */
  manifestPath: string;
  /** Asks for a path as the first provider, or with other headers. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

export const FIRST = { 'x-sds-service-token': SANDBOX_TOKENS.first };

/** A stack that executes the sample documents and `more`, a GraphQL text. */
export async function startDoors({ env, ...options }: StackOptions = {}, more = ''): Promise<Doors> {
  const directory = await mkdtemp(join(tmpdir(), 'doors-'));
  const manifestPath = join(directory, 'manifest.graphql');
  await writeFile(manifestPath, `${SAMPLE_DOCUMENTS}\n${more}`);
  const stack = await startStack({ ...options, env: { TRUSTED_DOCUMENTS: manifestPath, ...env } });
  return {
    ...stack,
    manifestPath,
    request: async (path, init) => fetch(`${stack.gateway.url}${path}`, { headers: FIRST, ...init }),
    async close() {
      await stack.close();
      await rm(directory, { recursive: true });
    },
  };
}
