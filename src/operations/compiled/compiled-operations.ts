import { type DocumentNode, type GraphQLSchema, OperationTypeNode, getOperationAST } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, type VariantStore, compileOperation } from '../../executor/compile-operation.js';
import type { FieldPlan } from '../../executor/complete-value.js';
import type { Records } from '../../executor/raw-writer.js';
import { RecentSet } from '../../cache/recent-set.js';
import type { ParsedOperation, RequestCheck, RuleSet } from '../operation-rule.js';
import { isEntitiesOperation } from '../rules/cost.js';

/** What a variant takes besides its fields. */
const BYTES_PER_VARIANT = 1_000;

/**
 * Keeps the compiled variants of all operations within one bound: those used least recently go first, whenever one is made
 * or grows. A variant that is beyond the bound by itself is not kept.
 */
export class VariantBudget<T extends object> {
  private readonly kept: LRUCache<string, { readonly variant: T }>;

  constructor(maxBytes: number) {
    this.kept = new LRUCache({ maxSize: maxBytes });
  }

  /** Of all that is kept. */
  get bytes(): number {
    return this.kept.calculatedSize;
  }

  /** The store of one operation, whose number no other one has. */
  storeOf(operation: number): VariantStore<T> {
    const keyOf = (outcome: string): string => `${operation} ${outcome}`;
    return {
      get: (outcome) => this.kept.get(keyOf(outcome))?.variant,
      set: (outcome, variant, bytes) =>
        // In a new object, because the cache measures an entry only when its value changes.
        this.kept.set(keyOf(outcome), { variant }, { size: BYTES_PER_VARIANT + bytes }),
    };
  }
}

/** An operation that was executed before, made ready to be executed again. */
export interface ReadyOperation extends ParsedOperation {
  /** Differs for every operation, also for one that was compiled anew. */
  serial: number;
  execute: CompiledOperation['execute'];
  /** What every request of it has to pass. */
  checks: readonly RequestCheck[];
  isQuery: boolean;
  /** Whether it is a router's join. */
  isJoin: boolean;
}

/** A document that is valid for the schema. */
type ValidDocument = Omit<ParsedOperation, 'definition'>;

interface CompiledOperationsOptions {
  schema: GraphQLSchema;
  rules: Pick<RuleSet, 'checkOperation'>;
  records: Records;
  compileAfter: CompileAfter;
}

export interface CompiledOperations {
  /** Takes note of an operation that passed parsing, validation and every check; compiles it when it is due. */
  admit(document: ValidDocument, operationName: string | undefined): void;
  find(source: string, operationName: string | undefined): ReadyOperation | undefined;
}

/** Sendings of an operation that are only counted before it is compiled. Tests compile at once. */
export type CompileAfter = 0 | 1;

/** The operations of one document by what requests name; the name is left out if there is but one. */
type ByName = ReadonlyMap<string | undefined, ReadyOperation | 'unfit'>;

/** Documents that came once, whose operations are not compiled. */
const MAX_SEEN = 2_000;
/** Of what is executed. */
const MAX_VARIANT_BYTES = 48 * 1024 * 1024;
/** Of documents, with all else that is kept of their operations. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** By what heaps were found to grow. */
const BYTES_PER_OPERATION = 10_000;
const BYTES_PER_TOKEN = 400;
const BYTES_PER_CHARACTER = 2;

function bytesOf({ loc }: DocumentNode): number {
  let bytes = (loc?.end ?? 0) * BYTES_PER_CHARACTER;
  for (let token = loc?.startToken ?? null; token; token = token.next) bytes += BYTES_PER_TOKEN;
  return bytes;
}

/** Bounded in bytes: what was used least recently goes first, and is compiled anew when it comes back. */
export function createCompiledOperations(options: CompiledOperationsOptions): CompiledOperations {
  return new RecentOperations(options);
}

class RecentOperations implements CompiledOperations {
  private readonly seen = new RecentSet(MAX_SEEN);
  private readonly compiled = new LRUCache<string, ByName>({ maxSize: MAX_DOCUMENT_BYTES });
  private readonly variants = new VariantBudget<readonly FieldPlan[]>(MAX_VARIANT_BYTES);
  private serial = 0;

  constructor(private readonly options: CompiledOperationsOptions) {}

  admit(valid: ValidDocument, operationName: string | undefined): void {
    const { source, hash, document } = valid;
    const known = this.compiled.get(source);
    if (known?.has(operationName)) return;
    if (this.options.compileAfter > 0 && !this.seen.has(hash)) {
      this.seen.add(hash);
      return;
    }
    const byName = new Map([...(known ?? []), [operationName, this.compile(valid, operationName)]]);
    this.compiled.set(source, byName, { size: bytesOf(document) + byName.size * BYTES_PER_OPERATION });
  }

  find(source: string, operationName: string | undefined): ReadyOperation | undefined {
    const operation = this.compiled.get(source)?.get(operationName);
    return operation === 'unfit' ? undefined : operation;
  }

  private compile(valid: ValidDocument, operationName: string | undefined): ReadyOperation | 'unfit' {
    const { schema, rules, records } = this.options;
    this.serial += 1;
    const { document } = valid;
    const definition = getOperationAST(document, operationName);
    const variants = this.variants.storeOf(this.serial);
    const compiled = compileOperation(schema, document, operationName, records, variants);
    if (!definition || !compiled) return 'unfit';
    const operation: ParsedOperation = { ...valid, definition };
    return {
      ...operation,
      serial: this.serial,
      execute: compiled.execute,
      checks: rules.checkOperation(operation),
      isQuery: definition.operation === OperationTypeNode.QUERY,
      isJoin: isEntitiesOperation(definition),
    };
  }
}
