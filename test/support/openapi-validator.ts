import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  readonly 'x-filter-fields'?: readonly FilterFieldDocument[];
  readonly 'x-sort-fields'?: readonly (string | { readonly field: string })[];
}

/** One entry of an operation's `x-filter-fields`. */
export interface FilterFieldDocument {
  readonly field: string;
  readonly operators: readonly string[];
  readonly multiValue?: string;
  readonly group?: string;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface OpenApiValidator {
  readonly operations: ReadonlyMap<string, Operation>;
  /**
   * What is wrong with an answer of this operation and status, in words; none when it is as documented. `body` is parsed
   * JSON, or `undefined` for an answer without content.
   */
  problemsOf(operationId: string, status: number, body: unknown): string[];
}

const DOCUMENT_URL = new URL('../../openapi/provisioning.openapi.json', import.meta.url);
const DOCUMENT_ID = 'provisioning';

// Both branches of createCustomer's oneOf describe the same error bodies, so that no body could ever match just one.
function withAnyOf(document: string): string {
  return document.replaceAll('"oneOf"', '"anyOf"');
}

/** Validates answers against the response schemas of the OpenAPI document. */
export function loadOpenApiValidator(): OpenApiValidator {
  const document = JSON.parse(withAnyOf(readFileSync(DOCUMENT_URL, 'utf8'))) as OpenApiDocument & AnySchema;
  // OpenAPI's own keywords (example, discriminator, x-…) are none of JSON Schema, hence not strict.
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, DOCUMENT_ID);

  const addresses = new Map<string, { readonly pointer: string; readonly operation: Operation }>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const pointer = `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
      addresses.set(operation.operationId, { pointer, operation });
    }
  }

  const schemaOf = (operationId: string, status: number): ValidateFunction | undefined => {
    const pointer = addresses.get(operationId)?.pointer ?? '';
    const reference = `${pointer}/responses/${status}/content/application~1json/schema`;
    return ajv.getSchema(`${DOCUMENT_ID}#${encodeURI(reference)}`);
  };

  return {
    operations: new Map([...addresses].map(([operationId, { operation }]) => [operationId, operation])),
    problemsOf(operationId, status, body) {
      const response = addresses.get(operationId)?.operation.responses[String(status)];
      if (response === undefined) return [`${operationId} documents no status ${status}`];
      if (response.content === undefined) return body === undefined ? [] : [`${status} has a body`];
      const validate = schemaOf(operationId, status);
      if (validate === undefined) return [`${operationId} has no schema for ${status}`];
      if (validate(body)) return [];
      return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? ''}`);
    },
  };
}
