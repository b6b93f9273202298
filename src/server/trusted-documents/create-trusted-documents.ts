import type { ApolloServerPlugin } from '@apollo/server';
import type { TrustedDocumentsConfig } from '../../config.js';
import { createOnce } from '../../telemetry/log-once.js';
import type { Logger } from '../../telemetry/logger.js';
import type { OperationContext } from '../operation-context.js';
import { createRequireTrusted } from './require-trusted.js';
import { watchManifest } from './watch-manifest.js';

const LOOK_EVERY_MS = 1_000;

export interface TrustedDocuments {
  plugins: readonly ApolloServerPlugin<OperationContext>[];
  /** Whether a document may be run without a word about it. */
  holds(source: string): boolean;
  /** Whether a document is in the manifest. */
  isTrusted(source: string): boolean;
  /** The text of a trusted document by its id or hash. */
  textOf(id: string): string | undefined;
  close(): void;
}

/** Trusted documents as configured, following their manifest until closed. @throws Error on a manifest that can't be read */
export function createTrustedDocuments(config: TrustedDocumentsConfig | undefined, logger: Logger): TrustedDocuments {
  if (!config)
    return { plugins: [], holds: () => true, isTrusted: () => false, textOf: () => undefined, close: () => undefined };
  const manifest = watchManifest(config.path, {
    intervalMs: LOOK_EVERY_MS,
    onBroken: (error) =>
      logger.error(
        { reason: error instanceof Error ? error.name : 'unknown' },
        'the manifest of trusted documents is broken; the last good one stays',
      ),
  });
  const plugin = createRequireTrusted({
    manifest: manifest.current,
    isEnforced: config.mode === 'enforce',
    onUntrusted: createOnce((hash) => logger.warn({ hash }, 'a document that is not trusted was run')),
  });
  return {
    plugins: [plugin],
    holds: (source) => manifest.current().holds(source),
    isTrusted: (source) => manifest.current().holds(source),
    textOf: (id) => manifest.current().textOf(id),
    close: manifest.close,
  };
}
