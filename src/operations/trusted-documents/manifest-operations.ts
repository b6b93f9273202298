import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { toFilePlan, type FilePlan } from '../files/file-plan.js';
import type { Manifest } from './load-manifest.js';

/** A document that the schema does not fit. */
export interface Misfit {
  id: string;
  reason: string;
}

/** A query or mutation of the manifest, which can be run by its name and variables alone. */
export interface ManifestOperation {
  /** Name of the operation, or the id of its document if it has no name or another operation has the same. */
  readonly name: string;
  readonly documentId: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** How to read all of its pages; undefined if it has none. */
  readonly file: FilePlan | undefined;
}

export interface ManifestOperations {
  /** In the order of the manifest. */
  readonly all: readonly ManifestOperation[];
  /** By its name, or by the id of a document that has one operation. */
  find(nameOrId: string): ManifestOperation | undefined;
  readonly misfits: readonly Misfit[];
  /** The id of the one that a text reads a page of for a file; undefined if it does not. */
  idOfPage(text: string): string | undefined;
}

function read(schema: GraphQLSchema, text: string): DocumentNode | string {
  try {
    const document = parse(text);
    return validate(schema, document)[0]?.message ?? document;
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
}

type Unnamed = Omit<ManifestOperation, 'name' | 'file'>;

const operationsOf = (documentId: string, document: DocumentNode): Unnamed[] =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation !== OperationTypeNode.SUBSCRIPTION
      ? [{ documentId, document, definition }]
      : [],
  );

/** Whether a value occurs once: `['a', 'b', 'a']` → false for `a`, true for `b`. */
function onlyOnce<T>(values: readonly T[]): (value: T) => boolean {
  const repeated = new Set(values.filter((value, index) => values.indexOf(value) !== index));
  return (value) => !repeated.has(value);
}

/** The queries and mutations of a manifest, and the documents that cannot be run because the schema does not fit them. */
export function readManifestOperations({ documents }: Manifest, schema: GraphQLSchema): ManifestOperations {
  const results = documents.map(([id, text]) => ({ id, result: read(schema, text) }));
  const misfits = results.flatMap(({ id, result }) => (typeof result === 'string' ? [{ id, reason: result }] : []));
  const found = results.flatMap(({ id, result }) => (typeof result === 'string' ? [] : operationsOf(id, result)));
  const isOnlyName = onlyOnce(found.map(({ definition }) => definition.name?.value));
  const isAlone = onlyOnce(found.map(({ documentId }) => documentId));
  const all = found.flatMap((operation): ManifestOperation[] => {
    const { documentId, definition } = operation;
    const name = isOnlyName(definition.name?.value) ? definition.name?.value : undefined;
    if (name === undefined && !isAlone(documentId)) return [];
    return [{ ...operation, name: name ?? documentId, file: toFilePlan(operation, schema) }];
  });
  const byId = all
    .filter(({ documentId }) => isAlone(documentId))
    .map((operation) => [operation.documentId, operation] as const);
  const known = new Map([...byId, ...all.map((operation) => [operation.name, operation] as const)]);
  const pages = new Map(
    all.flatMap(({ file, documentId }) =>
      [file?.outer.text, file?.inner?.text].map((text) => [text, documentId] as const),
    ),
  );
  return { all, misfits, find: (nameOrId) => known.get(nameOrId), idOfPage: (text) => pages.get(text) };
}
