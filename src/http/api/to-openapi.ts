import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { AuthSettings } from '../../config/auth-settings.js';
import { JsonSchemas, type JsonSchema } from '../../operations/json-schema/json-schemas.js';
import { toResultSchema } from '../../operations/json-schema/result-schema.js';
import { toVariables, toVariablesSchema, type Variable } from '../../operations/json-schema/variables-schema.js';
import type { FilePlan } from '../../operations/files/file-plan.js';
import type { ManifestOperation } from '../../operations/trusted-documents/manifest-operations.js';
import { API_PREFIX, PROBLEM } from './problem.js';

export interface OpenApiOptions {
  schema: GraphQLSchema;
  operations: readonly ManifestOperation[];
  authMode: AuthSettings['mode'];
  /** Of the gateway. */
  version: string;
}

const SECURITY: Readonly<Record<AuthSettings['mode'], JsonSchema | undefined>> = {
  token: { type: 'apiKey', in: 'header', name: 'X-Sds-Service-Token' },
  jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  none: undefined,
};

const PROBLEM_SCHEMA: JsonSchema = {
  description: 'What went wrong, as RFC 9457 has it.',
  type: 'object',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'One of the error codes of GraphQL.' },
    errors: {
      description: 'Each error as GraphQL has it.',
      type: 'array',
      items: {
        type: 'object',
        properties: {
          message: { type: 'string' },
          path: { type: 'array', items: { type: ['string', 'integer'] } },
          extensions: { type: 'object', additionalProperties: true },
        },
        required: ['message'],
      },
    },
    data: { type: 'object', description: 'What was read all the same.', additionalProperties: true },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'errors'],
};

const JSON_TYPE = 'application/json';
const PREFLIGHT = { in: 'header', name: 'GraphQL-Require-Preflight', required: true, schema: { const: '1' } };
const IDEMPOTENCY_KEY = {
  in: 'header',
  name: 'Idempotency-Key',
  description: 'Makes it safe to send the same request again.',
  schema: { type: 'string' },
};

const toParameter = ({ name, schema, isObject, isRequired, description }: Variable): JsonSchema => ({
  in: 'query',
  name,
  required: isRequired,
  ...(description !== undefined && { description }),
  ...(isObject ? { content: { [JSON_TYPE]: { schema } } } : { schema }),
});

const toBody = (variables: readonly Variable[]): JsonSchema => ({
  required: true,
  content: { [JSON_TYPE]: { schema: toVariablesSchema(variables) } },
});

const END = 'The trailer `File-End` of a chunked response says the same. A file without an end is incomplete.';

/** All pages of a query as one file, by media type. */
const toFiles = ({ columns }: FilePlan): JsonSchema => ({
  'text/csv': {
    schema: {
      type: 'string',
      description: `All rows, with the columns ${columns.join(', ')}. The last row is # and a FileEnd as JSON; text/csv;end=absent leaves it out. ${END}`,
    },
  },
  'application/jsonl': {
    schema: {
      type: 'string',
      description: `All rows, each an object with ${columns.join(', ')}. The last line is {"end": …}, with a FileEnd. ${END}`,
    },
  },
});

const FILE_END: JsonSchema = {
  description: 'Whether a file is complete, and how to go on if it is not.',
  type: 'object',
  properties: {
    complete: { type: 'boolean' },
    rows: { type: 'integer' },
    startedAt: { type: 'string', format: 'date-time' },
    endedAt: { type: 'string', format: 'date-time' },
    code: { type: 'string', description: 'Why it is not complete: one of the error codes of GraphQL.' },
    detail: { type: 'string' },
    resume: {
      description: 'Keep that many rows, and go on after the cursor.',
      type: 'object',
      properties: { after: { type: 'string' }, rows: { type: 'integer' } },
      required: ['after', 'rows'],
    },
  },
  required: ['complete', 'rows', 'startedAt', 'endedAt'],
};

const toResponses = (data: JsonSchema, file: FilePlan | undefined): JsonSchema => ({
  200: {
    description: 'The whole result, without errors.',
    content: {
      [JSON_TYPE]: {
        schema: {
          type: 'object',
          properties: { data, extensions: { type: 'object', additionalProperties: true } },
          required: ['data'],
        },
      },
      ...(file && toFiles(file)),
    },
  },
  default: {
    description: 'What went wrong.',
    content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } },
  },
});

function toPath(operation: ManifestOperation, { schema, authMode }: OpenApiOptions, schemas: JsonSchemas): JsonSchema {
  const { name, definition } = operation;
  const { description } = definition;
  const variables = toVariables(definition, schema, schemas);
  const about = {
    operationId: name,
    ...(description && { description: description.value }),
    responses: toResponses(toResultSchema(operation, schema, schemas), operation.file),
  };
  if (definition.operation === OperationTypeNode.MUTATION)
    return { post: { ...about, parameters: [IDEMPOTENCY_KEY], requestBody: toBody(variables) } };
  const headers = authMode === 'none' ? [PREFLIGHT] : [];
  return { get: { ...about, parameters: [...variables.map(toParameter), ...headers] } };
}

/** An OpenAPI document of all operations of the manifest, version 3.1.0. */
export function toOpenApi(options: OpenApiOptions): JsonSchema {
  const { operations, authMode, version } = options;
  const schemas = new JsonSchemas('#/components/schemas/');
  const paths = Object.fromEntries(
    operations.map((operation) => [
      `${API_PREFIX}${encodeURIComponent(operation.name)}`,
      toPath(operation, options, schemas),
    ]),
  );
  const security = SECURITY[authMode];
  const hasFiles = operations.some(({ file }) => file);
  return {
    openapi: '3.1.0',
    info: { title: 'DRACOON GraphQL gateway: trusted documents by URL', version },
    security: security ? [{ credential: [] }] : [],
    paths,
    components: {
      schemas: { ...schemas.named, Problem: PROBLEM_SCHEMA, ...(hasFiles && { FileEnd: FILE_END }) },
      ...(security && { securitySchemes: { credential: security } }),
    },
  };
}
