import type { DocumentNode, GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { OperationContext } from './operation-context.js';

/** A request for an operation, before anything of its document was read. Of the same form for both executors. */
export interface OperationRequest {
  /** The parsed JSON body. Undefined by GET and for subscriptions over WebSocket. */
  readonly body: unknown;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  readonly context: OperationContext;
}

/** The text of a document, and its SHA-256 in hexadecimal digits. */
export interface DocumentSource {
  readonly source: string;
  readonly hash: string;
}

/** One operation of a valid document. The compiled executor keeps it as long as what it has compiled. */
export interface ParsedOperation extends DocumentSource {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

export interface ExecutedOperation {
  readonly request: OperationRequest;
  /** Undefined if the request names no document that is known. */
  readonly source: DocumentSource | undefined;
  /** Undefined if the document is not valid, or has no such operation. */
  readonly operation: ParsedOperation | undefined;
  /** Of the execution. Differs from the request's if another request ran the operation for it. */
  readonly context: OperationContext;
  /** As the client gets them; empty without any. */
  readonly errors: readonly GraphQLFormattedError[];
  /** Whether it was executed, rather than rejected. */
  readonly wasExecuted: boolean;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
}

/** What rules add to a response. */
export interface ResponseDescription {
  /** By names in lower case. */
  readonly headers: Map<string, string>;
  readonly extensions: Record<string, unknown>;
}

/** A check of every request of an operation, before execution. Throws GatewayError to reject. */
export type RequestCheck = (request: OperationRequest, operation: ParsedOperation) => void;

/**
 * One concern of operations, whichever executor runs them (docs/adding-a-rule.md). Checks throw GatewayError to reject. A check
 * can run twice for one request, as the compiled executor leaves it to Apollo Server to answer a rejection, so it changes
 * nothing that a second run would change again.
 */
export interface OperationRule {
  readonly name: string;
  /** Every request, before its document is looked at. */
  checkInput?(request: OperationRequest): void;
  /** Every request, before its document is parsed. */
  checkSource?(source: DocumentSource): void;
  /** Once for each document, before it is validated. */
  checkDocument?(document: DocumentNode): void;
  /**
   * Once for each document and operation. What was compiled stands for it afterwards. May return a check of every request, which
   * keeps what it knows of the operation.
   */
  checkOperation?(operation: ParsedOperation): RequestCheck | undefined;
  /** Every request, before execution. */
  checkRequest?(request: OperationRequest, operation: ParsedOperation): void;
  /** Every response, after execution: headers, extensions, facts for log and metrics. */
  describe?(executed: ExecutedOperation, response: ResponseDescription): void;
}

/** A list of rules by their hooks, each in the order of the rules. */
export interface RuleSet {
  readonly checkInput: readonly ((request: OperationRequest) => void)[];
  readonly checkSource: readonly ((source: DocumentSource) => void)[];
  readonly checkDocument: readonly ((document: DocumentNode) => void)[];
  /** Returns the checks of every request of the operation, those of `checkRequest` included. */
  checkOperation(operation: ParsedOperation): readonly RequestCheck[];
  readonly describe: readonly ((executed: ExecutedOperation, response: ResponseDescription) => void)[];
}

export function toRuleSet(rules: readonly OperationRule[]): RuleSet {
  return {
    checkInput: rules.flatMap((rule) => rule.checkInput?.bind(rule) ?? []),
    checkSource: rules.flatMap((rule) => rule.checkSource?.bind(rule) ?? []),
    checkDocument: rules.flatMap((rule) => rule.checkDocument?.bind(rule) ?? []),
    checkOperation: (operation) =>
      rules
        .flatMap((rule) => [rule.checkOperation?.(operation), rule.checkRequest?.bind(rule)])
        .filter((check) => check !== undefined),
    describe: rules.flatMap((rule) => rule.describe?.bind(rule) ?? []),
  };
}
