import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { IncomingMessage } from 'node:http';
import type { OperationLimits } from '../../config/operation-limits.js';
import { toByteText } from '../../lane/byte-text.js';
import type { Deprecations } from '../../deprecations/create-deprecations.js';
import type { DeprecatedUses } from '../../deprecations/find-uses.js';
import type { OperationOutput } from '../../lane/compiled-operation.js';
import { concat, type Written } from '../../lane/long-text.js';
import type { Records } from '../../lane/records.js';
import type { OperationTrace } from '../../telemetry/operation-trace.js';
import { EXPLAIN_DEPRECATIONS } from '../deprecations/explains-deprecations.js';
import { describeAnswer } from '../describe-answer.js';
import { toErrorCodes } from '../error-codes-in.js';
import { headerOf, type HttpAnswer } from '../http-answer.js';
import { isRecord } from '../is-record.js';
import { isOrdinary } from '../limits/is-ordinary.js';
import type { OperationContext } from '../operation-context.js';
import type { TrustedDocuments } from '../trusted-documents/create-trusted-documents.js';
import { createCompiledOperations, type AdmittedOperation } from './compiled-operations.js';
import { createMediaTypes } from './media-types.js';
import { createPersistedTexts } from './persisted-texts.js';
import { toPlainRequest, type PlainRequest } from './to-plain-request.js';

export interface FastLaneOptions {
  schema: GraphQLSchema;
  limits: OperationLimits;
  /** Upstream requests that a router's join may cost. */
  entityRequests: number;
  /** What clients get to see of an error. */
  format: (error: GraphQLError) => GraphQLFormattedError;
  documents: Pick<TrustedDocuments, 'holds' | 'isTrusted' | 'textOf'>;
  records: Records;
  deprecations: Pick<Deprecations, 'findUses' | 'count'>;
}

/**
 * A short way for operations that Apollo Server has answered before. Whatever is unusual about a request, and everything
 * that would be refused, is left to Apollo Server: the lane knows when to stand back, not what to say.
 */
export interface FastLane {
  /** Answers a request; undefined, with nothing done, where Apollo Server has to. */
  answer(
    request: IncomingMessage,
    body: unknown,
    context: OperationContext,
  ): Promise<HttpAnswer | undefined> | undefined;
  /** Watches Apollo Server for operations to compile. */
  plugin: ApolloServerPlugin<OperationContext>;
  /** Takes note of an answer of Apollo Server's. */
  learn(request: IncomingMessage, answer: HttpAnswer): void;
}

/** Deeper variables are left to Apollo Server, whatever its limit: they are walked by recursion here. */
const MAX_LEVELS = 100;
/** Of a hash in the body: the body, its extensions, and the persisted query in there. */
const HASH_LEVELS = 3;

export function createFastLane(options: FastLaneOptions): FastLane {
  const { schema, limits, entityRequests, format, documents, deprecations, records } = options;
  const isTrusted = (source: string): boolean => documents.isTrusted(source);
  const operations = createCompiledOperations(schema, deprecations.findUses, records, isTrusted);
  const persisted = createPersistedTexts();
  const mediaTypes = createMediaTypes();

  /** Of the variables, as the body around them is one level more. */
  const levels = Math.min(limits.jsonDepth - 1, MAX_LEVELS);

  function textOf({ by, document }: PlainRequest, { url }: IncomingMessage): string | undefined {
    if (by === 'text') return document;
    // A document id in the URL would go before a hash.
    if (limits.jsonDepth < HASH_LEVELS || url?.includes('?')) return undefined;
    const trusted = documents.textOf(document);
    return trusted === undefined && by === 'hash' ? persisted.textOf(document) : trusted;
  }

  function toAnswer(
    { data, errors }: OperationOutput & { data: Written },
    contentType: string,
    description: ReturnType<typeof describeAnswer>,
    uses: DeprecatedUses | undefined,
    trace: OperationTrace,
  ): HttpAnswer {
    const { vary, cacheControl, extensions } = description;
    const formatted = errors.map(format);
    if (formatted.length > 0) trace.errorCodes = toErrorCodes(formatted);
    const errorsText = formatted.length > 0 ? `"errors":${toByteText(JSON.stringify(formatted))},` : '';
    const extensionsText = extensions ? `,"extensions":${toByteText(JSON.stringify(extensions))}` : '';
    const headers = ['vary', vary, 'cache-control', cacheControl, 'content-type', contentType];
    return {
      status: statusOf(errors),
      headers: uses ? headers.concat(uses.headers) : headers,
      text: concat(concat(`{${errorsText}"data":`, data), `${extensionsText}}\n`),
      encoding: 'latin1',
      trace,
    };
  }

  async function run(
    operation: AdmittedOperation,
    variables: PlainRequest['variables'],
    context: OperationContext,
    contentType: string,
    uses: DeprecatedUses | undefined,
  ): Promise<HttpAnswer | undefined> {
    if (operation.isJoin) context.budget.widenTo(entityRequests);
    const startedAt = performance.now();
    const { data, errors } = await operation.execute({ contextValue: context, variableValues: variables });
    if (data === undefined) return undefined;
    const isKeepable = operation.isQuery && errors.length === 0;
    const { trace } = context;
    trace.isCompiled = true;
    trace.operation = operation.facts;
    return toAnswer({ data, errors }, contentType, describeAnswer(context, { isKeepable, startedAt }), uses, trace);
  }

  /** Each client by itself, also where several get one answer. What is left to Apollo Server is counted there. */
  async function counted(
    answered: Promise<HttpAnswer | undefined>,
    uses: DeprecatedUses,
    { headers }: IncomingMessage,
  ): Promise<HttpAnswer | undefined> {
    const answer = await answered;
    if (answer) deprecations.count(uses, headers);
    return answer;
  }

  return {
    answer(request, body, context) {
      if (request.method !== 'POST' || context.caller.serviceToken === undefined) return undefined;
      if (request.headers[EXPLAIN_DEPRECATIONS] !== undefined) return undefined;
      const contentType = mediaTypes.of(request.headers.accept);
      const plain = toPlainRequest(body);
      if (contentType === undefined || !plain) return undefined;
      const source = textOf(plain, request);
      if (source === undefined || !documents.holds(source)) return undefined;
      const { variables, operationName } = plain;
      const operation = operations.find(source, operationName);
      if (!operation || !isOrdinary(variables, levels, limits.listItems)) return undefined;
      const budget = operation.isJoin ? Math.max(context.budget.limit, entityRequests) : context.budget.limit;
      const cost = operation.costOf(variables);
      if (cost === undefined || cost > budget) return undefined;
      const uses = operation.usesOf?.(variables);
      const runIn = (own: OperationContext) => run(operation, variables, own, contentType, uses);
      const answered = isShareable(operation, context)
        ? context.share(`${operation.serial} ${contentType} ${JSON.stringify(variables)}`, runIn)
        : runIn(context);
      return uses ? counted(answered, uses, request) : answered;
    },
    plugin: {
      async requestDidStart() {
        return {
          async responseForOperation({ source, document, request: { operationName }, queryHash, metrics }) {
            if (queryHash === undefined) return null;
            if (metrics.persistedQueryHit || metrics.persistedQueryRegister) persisted.learn(queryHash, source);
            operations.admit({ source, hash: queryHash, document, operationName });
            return null;
          },
        };
      },
    },
    learn({ headers: { accept } }, answer) {
      const contentType = headerOf(answer, 'content-type');
      if (answer.status === 200 && contentType !== undefined) mediaTypes.learn(accept, contentType);
    },
  };
}

/**
 * Whether equal requests that come while one is under way get the answer of that one. A router's join is hardly ever
 * equal, and long to compare; who asks what an answer cost wants the cost of this one. Callers by token have what the
 * token gives; others with the same upstream credential may be allowed less.
 */
function isShareable({ isQuery, isJoin }: AdmittedOperation, { caller, explains }: OperationContext): boolean {
  return isQuery && !isJoin && !explains && caller.scopes === undefined && caller.customerIds === undefined;
}

/** As Apollo Server has it: the last error that names one decides. */
function statusOf(errors: readonly GraphQLError[]): number {
  let status = 200;
  for (const { extensions } of errors) {
    const http = extensions['http'];
    if (isRecord(http) && typeof http['status'] === 'number') status = http['status'];
  }
  return status;
}
