import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isRecord } from '../../json/parse-json.js';
import { MAX_ERRORS, boundErrors } from '../../errors/bound-errors.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { type Written, concat, toByteText } from '../../executor/text.js';
import type { Records } from '../../executor/raw-writer.js';
import type { OperationTrace } from '../../telemetry/operation-trace.js';
import type { HttpAnswer, HttpQuestion } from '../http-answer.js';
import type { OperationContext } from '../operation-context.js';
import type { OperationRequest, RuleSet } from '../operation-rule.js';
import { isPrefixedHash, toHash } from '../trusted-documents/load-manifest.js';
import { parametersOf, toBody } from '../apollo/search-parameters.js';
import type { TrustedDocuments } from '../trusted-documents/create-trusted-documents.js';
import {
  type CompileAfter,
  type CompiledOperations,
  type ReadyOperation,
  createCompiledOperations,
} from './compiled-operations.js';

/** A request body that names its document in a usual way. */
interface PlainRequest {
  /** Whether `document` is the text, a `documentId` or the hash of a persisted query. */
  by: 'text' | 'id' | 'hash';
  document: string;
  /** Of a persisted query, beside its text too. */
  hash: string | undefined;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
  extensions: Readonly<Record<string, unknown>> | undefined;
}

const NO_VARIABLES: Readonly<Record<string, unknown>> = Object.freeze({});

/** The hash of an automatic persisted query; undefined without one, and null for one that Apollo Server rejects. */
function hashIn(extensions: NonNullable<PlainRequest['extensions']>): string | null | undefined {
  const named = extensions['persistedQuery'];
  // As Apollo Server has it.
  if (!named) return undefined;
  if (!isRecord(named) || named['version'] !== 1) return null;
  const hash = named['sha256Hash'];
  return typeof hash === 'string' ? hash : null;
}

/**
 * Reads a parsed request body, and ignores what Apollo Server ignores in it: unknown members of the body and of `extensions`, and a
 * `documentId` beside a text. Returns undefined for everything else that is unusual.
 */
function toPlainRequest(body: unknown): PlainRequest | undefined {
  if (!isRecord(body)) return undefined;
  const operationName = body['operationName'] ?? undefined;
  const variables = body['variables'] ?? NO_VARIABLES;
  const extensions = body['extensions'] ?? undefined;
  if (operationName !== undefined && typeof operationName !== 'string') return undefined;
  if (!isRecord(variables) || (extensions !== undefined && !isRecord(extensions))) return undefined;
  const hash = extensions && hashIn(extensions);
  if (hash === null) return undefined;
  const query = body['query'] ?? undefined;
  const documentId = body['documentId'] ?? undefined;
  const by = query !== undefined ? 'text' : documentId !== undefined ? 'id' : 'hash';
  const document = query ?? documentId ?? hash;
  if (typeof document !== 'string') return undefined;
  return { by, document, hash, operationName, variables, extensions };
}

/**
 * The parameters of a target as a body, as far as clients send them: undefined if one is repeated or null, about which Apollo Server
 * has rules of its own.
 */
function toUsualBody(target: string): Readonly<Record<string, unknown>> | undefined {
  const parameters = parametersOf(target);
  const body = toBody(parameters);
  const isRepeated = new Set(parameters.keys()).size < parameters.size;
  return isRepeated || Object.values(body).includes(null) ? undefined : body;
}

const isExecutable = (method: string | undefined): boolean => method === 'POST' || method === 'GET';

/** Texts of automatic persisted queries by their hash, as Apollo Server has found or stored them. */
interface PersistedTexts {
  learn(hash: string, text: string): void;
  textOf(hash: string): string | undefined;
}

const MAX_TEXT = 2 * 1024 * 1024;

/** Bounded: what was used least recently goes first, and Apollo Server is asked for it again. */
function createPersistedTexts(): PersistedTexts {
  const texts = new LRUCache<string, string>({ maxSize: MAX_TEXT, sizeCalculation: (text) => text.length });
  return { learn: (hash, text) => void texts.set(hash, text), textOf: (hash) => texts.get(hash) };
}

interface CompiledExecutorOptions {
  schema: GraphQLSchema;
  rules: RuleSet;
  /** What clients get to see of an error. */
  format: (error: Error) => GraphQLFormattedError;
  documents: Pick<TrustedDocuments, 'textOf'>;
  records: Records;
  compileAfter: CompileAfter;
}

/**
 * Executes operations that Apollo Server has executed before. Runs the same rules; whatever is rejected or unusual is left to
 * Apollo Server, which says why.
 */
export interface CompiledExecutor {
  /** Answers a request; undefined, with nothing done, if Apollo Server has to. */
  answer(question: HttpQuestion, context: OperationContext): Promise<HttpAnswer | undefined> | undefined;
  /** Finds operations to compile among those that Apollo Server executes, those of proven callers only. */
  plugin: ApolloServerPlugin<OperationContext>;
  /** Whether Apollo Server has only checked the operation of a context and left its execution to this executor. */
  hasToExecute(context: OperationContext): boolean;
}

/** An execution, of one request or of several that share it. */
interface Executed {
  data: Written;
  errors: readonly GraphQLFormattedError[];
  status: number;
  context: OperationContext;
}

export function createCompiledExecutor(options: CompiledExecutorOptions): CompiledExecutor {
  return new Executor(options);
}

class Executor implements CompiledExecutor {
  readonly plugin: CompiledExecutor['plugin'];
  private readonly operations: CompiledOperations;
  /** Operations that Apollo Server has only checked, by what copies of their context share. */
  private readonly unexecuted = new WeakSet<OperationTrace>();
  private readonly persisted = createPersistedTexts();

  constructor(private readonly options: CompiledExecutorOptions) {
    this.operations = createCompiledOperations(options);
    this.plugin = createAdmission(options.compileAfter, this.operations, this);
  }

  answer(
    { request: http, body, mediaType }: HttpQuestion,
    context: OperationContext,
  ): Promise<HttpAnswer | undefined> | undefined {
    if (!isExecutable(http.method) || !this.mayUse(context)) return undefined;
    const isGet = http.method === 'GET';
    const plain = toPlainRequest(isGet ? toUsualBody(http.url ?? '') : body);
    if (!plain) return undefined;
    const { by, document, hash, variables, operationName, extensions } = plain;
    const source = by === 'text' && hash === undefined ? document : this.textOf(plain, http);
    const operation = source === undefined ? undefined : this.operations.find(source, operationName);
    // By GET, Apollo Server rejects other operations than queries.
    if (!operation || (isGet && !operation.isQuery)) return undefined;
    const request: OperationRequest = { body, variables, extensions, context };
    const { rules } = this.options;
    try {
      for (const check of rules.checkInput) check(request);
      for (const check of rules.checkSource) check(operation);
      for (const check of operation.checks) check(request, operation);
    } catch (error) {
      // Apollo Server rejects it with the reason.
      if (error instanceof GatewayError) return undefined;
      throw error;
    }
    return this.respond(operation, request, mediaType);
  }

  hasToExecute({ trace }: OperationContext): boolean {
    return this.unexecuted.has(trace);
  }

  /** Leaves the execution of an operation that Apollo Server has checked to this executor. */
  leave({ trace }: OperationContext): void {
    this.unexecuted.add(trace);
  }

  /** Takes the text of a persisted query. */
  learn(hash: string, text: string): void {
    this.persisted.learn(hash, text);
  }

  /** A caller whose credential the upstream has accepted, or any with a credential if operations are compiled at once. */
  private mayUse({ caller, credential }: OperationContext): boolean {
    return this.options.compileAfter === 0 ? caller.serviceToken !== undefined : credential.hasSucceeded;
  }

  private textOf({ by, document, hash }: PlainRequest, { method, url }: HttpQuestion['request']): string | undefined {
    // Apollo Server registers a text that is new to this process, and compares it with its hash.
    if (by === 'text') return this.persisted.textOf(hash ?? '') === document ? document : undefined;
    // A document id in the URL would go before a hash in the body.
    if (method === 'POST' && url?.includes('?')) return undefined;
    const trusted = this.options.documents.textOf(document);
    const isHash = by === 'hash' || isPrefixedHash(document);
    return trusted === undefined && isHash ? this.persisted.textOf(toHash(document)) : trusted;
  }

  private async execute(
    { execute }: ReadyOperation,
    variableValues: OperationRequest['variables'],
    context: OperationContext,
  ): Promise<Executed | undefined> {
    // Apollo Server says what is wrong with variables.
    const { data, errors, errorCount } = await execute({
      contextValue: context,
      variableValues,
      maxErrors: MAX_ERRORS,
      maxVariableErrors: 1,
    });
    if (data === undefined) return undefined;
    context.trace.isCompiled = true;
    if (errorCount === 0) return { data, errors: [], status: 200, context };
    const bounded = boundErrors(errors, errorCount);
    // Here, because what is formatted is logged as well: once, however many requests share it.
    return { data, errors: bounded.map(this.options.format), status: statusOf(bounded), context };
  }

  private executeOrJoin(
    operation: ReadyOperation,
    { variables, context }: OperationRequest,
  ): Promise<Executed | undefined> {
    if (!isShareable(operation, context)) return this.execute(operation, variables, context);
    const key = `${operation.serial} ${JSON.stringify(variables)}`;
    return context.share(key, () => this.execute(operation, variables, context));
  }

  private async respond(
    operation: ReadyOperation,
    request: OperationRequest,
    mediaType: string,
  ): Promise<HttpAnswer | undefined> {
    const startedAt = performance.now();
    const executed = await this.executeOrJoin(operation, request);
    if (!executed) return undefined;
    const { data, errors, status, context } = executed;
    request.context.trace.hasJoined = context !== request.context;
    const described = { request, source: operation, operation, context, errors, wasExecuted: true, startedAt };
    const headers = new Map<string, string>();
    const extensions: Record<string, unknown> = {};
    for (const describe of this.options.rules.describe) describe(described, { headers, extensions });
    headers.set('content-type', mediaType);
    const pairs: string[] = [];
    for (const [name, value] of headers) pairs.push(name, value);
    const before = errors.length > 0 ? `${toMember('errors', errors)},` : '';
    const after = Object.keys(extensions).length > 0 ? `,${toMember('extensions', extensions)}` : '';
    return {
      status,
      headers: pairs,
      text: concat(concat(`{${before}"data":`, data), `${after}}\n`),
      encoding: 'latin1',
      trace: context.trace,
    };
  }
}

/** A member of a JSON object, as byte text: `'errors', []` → `"errors":[]`. */
const toMember = (name: string, value: unknown): string => `"${name}":${toByteText(JSON.stringify(value))}`;

/** Hands operations that Apollo Server has checked or executed to the executor. */
function createAdmission(
  compileAfter: CompileAfter,
  operations: CompiledOperations,
  executor: Executor,
): CompiledExecutor['plugin'] {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ source, document, request, queryHash: hash, contextValue }) {
          const mayBeLeft = isExecutable(request.http?.method) && !contextValue.customerChanges;
          const isLeft = executor.hasToExecute(contextValue);
          if (compileAfter > 0 || !mayBeLeft || isLeft || hash === undefined) return null;
          operations.admit({ source, hash, document }, request.operationName);
          executor.leave(contextValue);
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: {} } };
        },
        async executionDidStart({ source, document, request, queryHash: hash, metrics, contextValue }) {
          return {
            // Not before: a caller's first operation can be what proves its credential.
            async executionDidEnd() {
              if (!contextValue.credential.hasSucceeded) return;
              if (metrics.persistedQueryHit || metrics.persistedQueryRegister) executor.learn(hash, source);
              operations.admit({ source, hash, document }, request.operationName);
            },
          };
        },
      };
    },
  };
}

/**
 * Whether equal requests that come while one is under way get its answer. A router's join is hardly ever equal, and long to
 * compare; a caller that asks what an answer cost wants the cost of its own. Callers by token have what the token gives;
 * others with the same upstream credential may be allowed less.
 */
function isShareable({ isQuery, isJoin }: ReadyOperation, { caller, explains }: OperationContext): boolean {
  return isQuery && !isJoin && !explains && caller.scopes === undefined && caller.customerIds === undefined;
}

/** As Apollo Server has it: the last error that names one decides. */
function statusOf(errors: readonly (GraphQLError | GatewayError)[]): number {
  let status = 200;
  for (const { extensions } of errors) {
    const http = extensions['http'];
    if (isRecord(http) && typeof http['status'] === 'number') status = http['status'];
  }
  return status;
}
