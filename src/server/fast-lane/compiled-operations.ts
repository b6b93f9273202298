import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { FindUses, UsesOf } from '../../deprecations/find-uses.js';
import { compileOperation } from '../../lane/compile-operation.js';
import type { CompiledOperation } from '../../lane/compiled-operation.js';
import type { Records } from '../../lane/records.js';
import { RecentSet } from '../../live/recent-set.js';
import type { OperationFacts } from '../../telemetry/operation-facts.js';
import { isJoin } from '../refuse-costly.js';
import { toOperationFacts } from '../to-operation-facts.js';
import { createCostReader, type CostReader } from './create-cost-reader.js';

/** An operation that Apollo Server has let through before, made ready to be executed again. */
export interface AdmittedOperation {
  /** Tells it apart from every other one, also from itself where it was compiled anew. */
  serial: number;
  execute: CompiledOperation['execute'];
  isQuery: boolean;
  /** Whether it is a router's join, which has a wider budget. */
  isJoin: boolean;
  costOf: CostReader;
  facts: OperationFacts;
  /** What it uses of what is deprecated; undefined where nothing can be. */
  usesOf: UsesOf | undefined;
}

export interface Admission {
  /** The document as the client sent it. */
  source: string;
  /** SHA-256 of that, in hexadecimal digits. */
  hash: string;
  operationName: string | undefined;
  document: DocumentNode;
}

export interface CompiledOperations {
  /** Takes note of an operation that passed parsing, validation and every check; the second time it is compiled. */
  admit(operation: Admission): void;
  find(source: string, operationName: string | undefined): AdmittedOperation | undefined;
}

/** The operations of one document by what requests name; the name is left out where there is but one. */
type ByName = ReadonlyMap<string | undefined, AdmittedOperation | 'unfit'>;

/** Texts of documents, counted for each operation; what is compiled from one takes about thirty times its room. */
const MAX_TEXT = 2 * 1024 * 1024;
/** Operations that came once, which are not compiled. */
const MAX_SEEN = 2_000;

/** Bounded: what was used least recently goes first, and is compiled anew when it comes back. */
export function createCompiledOperations(
  schema: GraphQLSchema,
  findUses: FindUses,
  records: Records,
  isTrusted: (source: string) => boolean,
): CompiledOperations {
  const seen = new RecentSet(MAX_SEEN);
  const compiled = new LRUCache<string, ByName>({
    maxSize: MAX_TEXT,
    sizeCalculation: (byName, source) => byName.size * source.length,
  });

  let serial = 0;

  function compile({ source, hash, document, operationName }: Admission): AdmittedOperation | 'unfit' {
    const operation = getOperationAST(document, operationName);
    const compiled = compileOperation(schema, document, operationName, records);
    if (!operation || !compiled) return 'unfit';
    return {
      serial: (serial += 1),
      execute: (input) => compiled.execute(input),
      isQuery: operation.operation === OperationTypeNode.QUERY,
      isJoin: isJoin(operation),
      costOf: createCostReader(schema, document, operation),
      facts: toOperationFacts(operation, hash, isTrusted(source)),
      usesOf: findUses(document, operation),
    };
  }

  return {
    admit(operation) {
      const { source, hash, operationName } = operation;
      const known = compiled.get(source);
      if (known?.has(operationName)) return;
      const key = `${hash} ${operationName ?? ''}`;
      if (!seen.has(key)) {
        seen.add(key);
        return;
      }
      // A new map, as the cache measures a value when it is set.
      compiled.set(source, new Map([...(known ?? []), [operationName, compile(operation)]]));
    },
    find(source, operationName) {
      const operation = compiled.get(source)?.get(operationName);
      return operation === 'unfit' ? undefined : operation;
    },
  };
}
