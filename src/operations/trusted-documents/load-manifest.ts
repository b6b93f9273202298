import { hash } from 'node:crypto';
import { parse, print, separateOperations } from 'graphql';
import { isRecord } from '../../json/parse-json.js';

/** The documents that clients were built with. */
export interface Manifest {
  /** Ids and texts. */
  readonly documents: readonly (readonly [string, string])[];
  /** The text of a document by its id in the manifest, or by the SHA-256 of the text in hexadecimal digits, after `sha256:` too. */
  textOf(id: string): string | undefined;
  /** The id of a text that is one of them, to the letter. */
  idOf(text: string): string | undefined;
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest';

const PREFIX = 'sha256:';

/** Whether an id is the hash of its document, as the draft of persisted documents writes it. */
export const isPrefixedHash = (id: string): boolean => id.startsWith(PREFIX);

/** `sha256:7dba…` → `7dba…`; other ids stay as they are. */
export const toHash = (id: string): string => (isPrefixedHash(id) ? id.slice(PREFIX.length) : id);

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

function documentOf(id: unknown, text: unknown): [string, string] {
  if (typeof id !== 'string' || typeof text !== 'string' || id === '' || text.trim() === '') {
    throw new Error('Every document of the manifest needs an id and a text.');
  }
  return [id, text];
}

/** A document for each operation of a GraphQL text, with the fragments it uses, by its name. */
function documentsInGraphql(text: string): [string, string][] {
  return Object.entries(separateOperations(parse(text))).map(([name, document]) => {
    if (name === '') throw new Error('Every operation of the manifest needs a name.');
    return [name, print(document)];
  });
}

function documentsInJson(text: string): [string, string][] {
  const manifest: unknown = JSON.parse(text);
  if (!isRecord(manifest)) throw new Error('The manifest is not a JSON object.');
  const { format, version, operations } = manifest;
  if (format === undefined) return Object.entries(manifest).map(([id, text]) => documentOf(id, text));
  if (format !== APOLLO_FORMAT || version !== 1 || !Array.isArray(operations)) {
    throw new Error(`The manifest is not an ${APOLLO_FORMAT} of version 1.`);
  }
  return operations.map((operation: unknown) =>
    isRecord(operation) ? documentOf(operation['id'], operation['body']) : documentOf(undefined, undefined),
  );
}

/**
 * Reads a manifest as GraphQL Code Generator's client preset writes it, a document by its hash, as Apollo's
 * generate-persisted-query-manifest does, version 1, or as a GraphQL text of named operations.
 * @throws Error if the text is none of them
 */
export function loadManifest(text: string): Manifest {
  const documents = /^\s*[{[]/.test(text) ? documentsInJson(text) : documentsInGraphql(text);
  const texts = new Map([...documents.map(([, body]): [string, string] => [sha256(body), body]), ...documents]);
  const ids = new Map(documents.map(([id, body]) => [body, id]));
  return { documents, textOf: (id) => texts.get(id) ?? texts.get(toHash(id)), idOf: (body) => ids.get(body) };
}
