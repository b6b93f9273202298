import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileOperation } from '../../lane/compile-operation.js';
import type { CompiledOperation } from '../../lane/compiled-operation.js';
import { isJoin } from '../refuse-costly.js';
import { createCostReader, type CostReader } from './create-cost-reader.js';

/** An operation that Apollo Server has let through before, made ready to be executed again. */
export interface AdmittedOperation {
  execute: CompiledOperation['execute'];
  isQuery: boolean;
  /** Whether it is a router's join, which has a wider budget. */
  isJoin: boolean;
  costOf: CostReader;
}

export interface Admission {
  /** The document as the client sent it. */
  source: string;
  operationName: string | undefined;
  document: DocumentNode;
}

export interface CompiledOperations {
  /** Takes note of an operation that passed parsing, validation and every check; the second time it is compiled. */
  admit(operation: Admission): void;
  find(source: string, operationName: string | undefined): AdmittedOperation | undefined;
}

/** Texts of documents; what is compiled from one takes about thirty times its room. */
const MAX_TEXT = 2 * 1024 * 1024;
/** Operations seen once: told apart by their text, none of which is compiled. */
const MAX_SEEN_TEXT = 2 * 1024 * 1024;

const keyOf = (source: string, operationName: string | undefined): string => `${operationName ?? ''}\n${source}`;

/** Bounded: what was used least recently goes first, and is compiled anew when it comes back. */
export function createCompiledOperations(schema: GraphQLSchema): CompiledOperations {
  const sizeCalculation = (_: unknown, key: string): number => key.length;
  const seen = new LRUCache<string, true>({ maxSize: MAX_SEEN_TEXT, sizeCalculation });
  const compiled = new LRUCache<string, AdmittedOperation | 'unfit'>({ maxSize: MAX_TEXT, sizeCalculation });

  function compile({ document, operationName }: Admission): AdmittedOperation | 'unfit' {
    const operation = getOperationAST(document, operationName);
    const compiled = compileOperation(schema, document, operationName);
    if (!operation || !compiled) return 'unfit';
    return {
      execute: (input) => compiled.execute(input),
      isQuery: operation.operation === OperationTypeNode.QUERY,
      isJoin: isJoin(operation),
      costOf: createCostReader(schema, document, operation),
    };
  }

  return {
    admit(operation) {
      const key = keyOf(operation.source, operation.operationName);
      if (compiled.has(key)) return;
      if (!seen.has(key)) {
        seen.set(key, true);
        return;
      }
      seen.delete(key);
      compiled.set(key, compile(operation));
    },
    find(source, operationName) {
      const operation = compiled.get(keyOf(source, operationName));
      return operation === 'unfit' ? undefined : operation;
    },
  };
}
