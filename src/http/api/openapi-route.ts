import { GatewayError } from '../../errors/gateway-error.js';
import type { TrustedDocuments } from '../../operations/trusted-documents/create-trusted-documents.js';
import type { ManifestOperations } from '../../operations/trusted-documents/manifest-operations.js';
import type { OperationRouteOptions, Route } from '../operation-route.js';
import { writeAnswer } from '../response.js';
import { toOpenApi, type OpenApiOptions } from './to-openapi.js';

export const OPENAPI_PATH = '/openapi.json';

export interface OpenApiRouteOptions extends Omit<OpenApiOptions, 'operations'> {
  documents: Pick<TrustedDocuments, 'operations'>;
  cors: OperationRouteOptions['cors'];
}

/** Describes the operations of the manifest as it is now, to anyone: who may read the schema may read this. */
export function createOpenApiRoute({ documents, cors, ...options }: OpenApiRouteOptions): Route {
  const texts = new WeakMap<ManifestOperations, string>();

  function textOf(operations: ManifestOperations): string {
    const text = texts.get(operations) ?? `${JSON.stringify(toOpenApi({ ...options, operations: operations.all }))}\n`;
    texts.set(operations, text);
    return text;
  }

  return async (request, response) => {
    if (cors(request, response)) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new GatewayError('BAD_REQUEST', 'The description is read by GET.', { httpStatus: 405, allow: 'GET, HEAD' });
    }
    const headers = ['cache-control', 'no-cache', 'content-type', 'application/json; charset=utf-8'];
    writeAnswer(response, { status: 200, headers, text: textOf(documents.operations()), encoding: 'utf8' });
  };
}
