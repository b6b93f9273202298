import { isRecord } from '../is-record.js';

/** A request body that names its document, in one way, and holds nothing else but variables and the operation's name. */
export interface PlainRequest {
  /** Whether `document` is the text, a `documentId` or the hash of a persisted query. */
  by: 'text' | 'id' | 'hash';
  document: string;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

const NAMES_DOCUMENT: ReadonlySet<string> = new Set(['query', 'documentId', 'extensions']);
const OTHERS: ReadonlySet<string> = new Set(['operationName', 'variables']);
const NO_VARIABLES: Readonly<Record<string, unknown>> = Object.freeze({});

/** The hash of an automatic persisted query, from `extensions` that hold nothing else. */
function hashIn(extensions: unknown): unknown {
  if (!isRecord(extensions) || Object.keys(extensions).length !== 1) return undefined;
  const named = extensions['persistedQuery'];
  if (!isRecord(named) || Object.keys(named).length !== 2 || named['version'] !== 1) return undefined;
  return named['sha256Hash'];
}

/** Reads a parsed request body; undefined where there is anything unusual about it. */
export function toPlainRequest(body: unknown): PlainRequest | undefined {
  if (!isRecord(body)) return undefined;
  let namings = 0;
  for (const key in body) {
    if (NAMES_DOCUMENT.has(key)) namings += 1;
    else if (!OTHERS.has(key)) return undefined;
  }
  const operationName = body['operationName'] ?? undefined;
  const variables = body['variables'] ?? NO_VARIABLES;
  if (namings !== 1 || !isRecord(variables)) return undefined;
  if (operationName !== undefined && typeof operationName !== 'string') return undefined;
  const { query, documentId, extensions } = body;
  if (typeof query === 'string') return { by: 'text', document: query, operationName, variables };
  if (typeof documentId === 'string') return { by: 'id', document: documentId, operationName, variables };
  const hash = hashIn(extensions);
  return typeof hash === 'string' ? { by: 'hash', document: hash, operationName, variables } : undefined;
}
