import type { IncomingMessage } from 'node:http';
import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import { isRecord } from '../../json/parse-json.js';
import type { HttpAnswer } from '../../operations/http-answer.js';
import { parametersOf } from '../../operations/apollo/search-parameters.js';
import { toQuestion } from '../../operations/execute-operation.js';
import { FILE_FORMATS } from '../../operations/files/file-format.js';
import type { TrustedDocuments } from '../../operations/trusted-documents/create-trusted-documents.js';
import type { ManifestOperation } from '../../operations/trusted-documents/manifest-operations.js';
import { chooseMediaType, RESPONSE_TYPES } from '../choose-media-type.js';
import { parseGraphqlBody } from '../graphql-route.js';
import type { OperationProtocol } from '../operation-route.js';
import { pathOf } from '../request.js';
import { API_PREFIX, hasErrors, toProblemAnswer } from './problem.js';
import { readVariables, rejectUnknown, variableTypesOf, type Variables, type VariableTypes } from './read-variables.js';

/** `/api/CustomerById?id=5` → `CustomerById`. */
function nameIn(request: IncomingMessage): string {
  const name = pathOf(request).slice(API_PREFIX.length);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** @throws GatewayError 405 if the method is not that of the operation's type */
function checkMethod({ method = '' }: IncomingMessage, { name, definition }: ManifestOperation): void {
  const isQuery = definition.operation === OperationTypeNode.QUERY;
  const allow = isQuery ? 'GET, HEAD' : 'POST';
  if (allow.split(', ').includes(method)) return;
  throw new GatewayError(
    'BAD_REQUEST',
    `${name} is a ${definition.operation}: send it by ${isQuery ? 'GET' : 'POST'}.`,
    {
      httpStatus: 405,
      allow,
    },
  );
}

function variablesIn(
  { url = '', headers }: IncomingMessage,
  bytes: Buffer | undefined,
  types: VariableTypes,
): Variables {
  if (!bytes) return readVariables(parametersOf(url), types);
  const body = parseGraphqlBody(headers['content-type'], bytes);
  if (!isRecord(body))
    throw new GatewayError('BAD_REQUEST', 'The request body must be an object of variables.', { httpStatus: 400 });
  rejectUnknown(Object.keys(body), types);
  return body;
}

const hasNoRows = (name: string): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    `${name} is no query with one connection, so it has no rows: it is served as JSON only.`,
    {
      httpStatus: 406,
    },
  );

const toApiAnswer = (answer: HttpAnswer): HttpAnswer => (hasErrors(answer) ? toProblemAnswer(answer) : answer);

const TYPES: readonly [string, ...string[]] = [RESPONSE_TYPES[0], ...Object.keys(FILE_FORMATS)];

/** Operations of the manifest by URL: queries by GET with variables as parameters, mutations by POST with variables as JSON. */
export const createApiProtocol = (
  schema: GraphQLSchema,
  documents: Pick<TrustedDocuments, 'operations'>,
): OperationProtocol => {
  /** @throws GatewayError 404 or 405 */
  function find(request: IncomingMessage): ManifestOperation {
    const operation = documents.operations().find(nameIn(request));
    if (!operation) {
      throw new GatewayError('BAD_REQUEST', 'Not found: the manifest of trusted documents has no such operation.', {
        httpStatus: 404,
      });
    }
    checkMethod(request, operation);
    return operation;
  }

  return {
    formsOf: (accept) => ({
      mediaType: chooseMediaType(accept, TYPES),
      stream: undefined,
      isStreamed: false,
      toAnswer: toApiAnswer,
    }),
    toQuestion(request, bytes) {
      const operation = find(request);
      const types = variableTypesOf(operation.definition, schema);
      return toQuestion(operation, variablesIn(request, bytes, types), request.headers);
    },
    toFile(request, mediaType) {
      if (FILE_FORMATS[mediaType] === undefined) return undefined;
      const { file: plan, definition, name } = find(request);
      if (!plan) throw hasNoRows(name);
      return { plan, mediaType, variables: variablesIn(request, undefined, variableTypesOf(definition, schema)) };
    },
  };
};
