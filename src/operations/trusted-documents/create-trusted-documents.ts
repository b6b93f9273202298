import type { GraphQLSchema } from 'graphql';
import type { TrustedDocumentsConfig } from '../../config.js';
import { createOnce } from '../../telemetry/log-once.js';
import type { Logger } from '../../telemetry/logger.js';
import { loadManifest } from './load-manifest.js';
import { readManifestOperations, type ManifestOperations } from './manifest-operations.js';
import { SAMPLE_DOCUMENTS } from './sample-documents.js';
import { watchManifest } from './watch-manifest.js';

const LOOK_EVERY_MS = 1_000;
/** Of one line of the log. */
const MAX_IDS = 20;
const MAX_ID_LENGTH = 100;

export interface TrustedDocuments {
  /** What happens to other documents: `off` without a configured manifest. */
  mode: 'off' | 'log' | 'enforce';
  /** The id of a document in the manifest; undefined if it is not there. */
  idOf(source: string): string | undefined;
  /** The text of a trusted document by its id or hash. */
  textOf(id: string): string | undefined;
  /** Those that can be run by name, of the manifest as it is now. */
  operations(): ManifestOperations;
  /** Logs once that the document with this hash is not in the manifest. */
  onUntrusted(hash: string): void;
  close(): void;
}

/** Follows no file: the documents of the sandbox, or none. */
function createFixedDocuments(text: string, schema: GraphQLSchema): TrustedDocuments {
  const manifest = loadManifest(text);
  const operations = readManifestOperations(manifest, schema);
  return {
    mode: 'off',
    idOf: (source) => manifest.idOf(source) ?? operations.idOfPage(source),
    textOf: manifest.textOf,
    operations: () => operations,
    onUntrusted: () => undefined,
    close: () => undefined,
  };
}

/**
 * Trusted documents as configured, following their manifest until closed; without one, the samples if the upstream is the
 * embedded sandbox. @throws Error on a manifest that can't be read
 */
export function createTrustedDocuments(
  { config, isSandboxed }: { config: TrustedDocumentsConfig | undefined; isSandboxed: boolean },
  schema: GraphQLSchema,
  logger: Logger,
): TrustedDocuments {
  if (!config) return createFixedDocuments(isSandboxed ? SAMPLE_DOCUMENTS : '{}', schema);
  let operations: ManifestOperations = { all: [], misfits: [], find: () => undefined, idOfPage: () => undefined };
  const manifest = watchManifest(config.path, {
    intervalMs: LOOK_EVERY_MS,
    onLoad(loaded) {
      operations = readManifestOperations(loaded, schema);
      const { misfits } = operations;
      if (misfits.length === 0) return;
      const ids = misfits.slice(0, MAX_IDS).map(({ id }) => id.slice(0, MAX_ID_LENGTH));
      logger.warn({ count: misfits.length, ids }, 'trusted documents do not match the schema; the others are served');
    },
    onBroken: (error) =>
      logger.error(
        { reason: error instanceof Error ? error.name : 'unknown' },
        'manifest of trusted documents is invalid; the previous one stays in use',
      ),
  });
  return {
    mode: config.mode,
    idOf: (source) => manifest.current().idOf(source) ?? operations.idOfPage(source),
    textOf: (id) => manifest.current().textOf(id),
    operations: () => operations,
    onUntrusted: createOnce((hash) => logger.warn({ hash }, 'a document that is not trusted was executed')),
    close: manifest.close,
  };
}
