/** What the comparison reads of an OpenAPI document; everything else is left alone. */
export interface Schema {
  $ref?: string;
  /** A list in OpenAPI 3.1. */
  type?: string | readonly string[];
  format?: string;
  enum?: readonly unknown[];
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  allOf?: readonly Schema[];
  deprecated?: boolean;
  /** Ours, of a property that the reference version lacks: the version whose document brought it. */
  'x-first-seen'?: string;
}

export interface Parameter {
  $ref?: string;
  name?: string;
  in?: string;
  required?: boolean;
  deprecated?: boolean;
  schema?: Schema;
}

interface Content {
  $ref?: string;
  required?: boolean;
  content?: Readonly<Record<string, { schema?: Schema }>>;
}

export interface Operation {
  operationId?: string;
  deprecated?: boolean;
  parameters?: readonly Parameter[];
  requestBody?: Content;
  responses?: Readonly<Record<string, Content>>;
}

export interface OpenApiDocument {
  openapi: string;
  paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a document of OpenAPI 3 from JSON. @throws Error if the text is none */
export function loadOpenApi(text: string): OpenApiDocument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  if (!isRecord(document) || typeof document['openapi'] !== 'string' || !document['openapi'].startsWith('3.')) {
    throw new Error('it is no document of OpenAPI 3');
  }
  if (!isRecord(document['paths'])) throw new Error('it has no paths');
  return document as unknown as OpenApiDocument;
}

/** The last part of what a reference names. */
export const nameOf = ({ $ref }: { $ref?: string }): string | undefined => $ref?.split('/').at(-1);

/** Follows references within the document. @throws Error if one leads nowhere */
export function resolve<T extends { $ref?: string }>(document: OpenApiDocument, value: T): T {
  let found: T = value;
  for (let steps = 0; found.$ref !== undefined; steps += 1) {
    const [, root, group = '', name = '', ...rest] = found.$ref.split('/');
    const members = document.components?.[group];
    const target = members && Object.hasOwn(members, name) ? members[name] : undefined;
    if (root !== 'components' || rest.length > 0 || !isRecord(target) || steps > 20) {
      throw new Error(`its reference ${found.$ref} leads nowhere`);
    }
    found = target as T;
  }
  return found;
}

/** The JSON schema of a request body or an answer; undefined if it has none. */
export function bodyOf(document: OpenApiDocument, content: Content | undefined): Schema | undefined {
  const media = content && resolve(document, content).content;
  return media?.['application/json']?.schema ?? media?.['*/*']?.schema;
}

/** Operations by method and path below the API's base, such as `GET /v4/provisioning/customers/{}`. */
export function operationsOf({ paths }: OpenApiDocument): Map<string, Operation> {
  const entries = Object.entries(paths).flatMap(([path, item]) => {
    // Documents differ in whether the base stands in the paths, and in the names of what is filled in.
    const known = path.replace(/^.*?(?=\/v\d+\/)/, '').replace(/\{[^}]*\}/g, '{}');
    const shared = Array.isArray(item['parameters']) ? (item['parameters'] as Parameter[]) : [];
    return METHODS.filter((method) => isRecord(item[method])).map((method): [string, Operation] => {
      const operation = item[method] as Operation;
      const parameters = [...shared, ...(operation.parameters ?? [])];
      return [`${method.toUpperCase()} ${known}`, { ...operation, parameters }];
    });
  });
  return new Map(entries);
}
