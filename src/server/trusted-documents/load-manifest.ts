import { createHash } from 'node:crypto';
import { isRecord } from '../is-record.js';

/** The documents that clients were built with. */
export interface Manifest {
  /** The text of a document by its id in the manifest, or by the SHA-256 of the text in hexadecimal digits. */
  textOf(id: string): string | undefined;
  /** Whether a text is one of them, to the letter. */
  holds(text: string): boolean;
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function documentOf(id: unknown, text: unknown): [string, string] {
  if (typeof id !== 'string' || typeof text !== 'string' || id === '' || text.trim() === '') {
    throw new Error('Every document of the manifest needs an id and a text.');
  }
  return [id, text];
}

function documentsOf(manifest: unknown): [string, string][] {
  if (!isRecord(manifest)) throw new Error('The manifest is no JSON object.');
  const { format, version, operations } = manifest;
  if (format === undefined) return Object.entries(manifest).map(([id, text]) => documentOf(id, text));
  if (format !== APOLLO_FORMAT || version !== 1 || !Array.isArray(operations)) {
    throw new Error(`The manifest is no ${APOLLO_FORMAT} of version 1.`);
  }
  return operations.map((operation: unknown) =>
    isRecord(operation) ? documentOf(operation['id'], operation['body']) : documentOf(undefined, undefined),
  );
}

/**
 * Reads a manifest as GraphQL Code Generator's client preset writes it, a document by its hash, or as Apollo's
 * generate-persisted-query-manifest does, version 1.
 * @throws Error where the text is neither
 */
export function loadManifest(text: string): Manifest {
  const documents = documentsOf(JSON.parse(text));
  const texts = new Map([...documents.map(([, body]): [string, string] => [sha256(body), body]), ...documents]);
  const bodies = new Set(texts.values());
  return { textOf: (id) => texts.get(id), holds: (body) => bodies.has(body) };
}
