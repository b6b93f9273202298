import { resolve, type OpenApiDocument, type Schema } from './open-api.js';

/** A schema without references and `allOf` at its top. */
export interface PlainSchema {
  /** In words, such as integer (int64) or list of object. */
  type: string;
  /** Texts of the values of a closed list. */
  values: readonly string[] | undefined;
  properties: ReadonlyMap<string, Schema>;
  required: ReadonlySet<string>;
  items: Schema | undefined;
  isDeprecated: boolean;
}

function merge(document: OpenApiDocument, schema: Schema, depth = 0): Schema {
  const resolved = resolve(document, schema);
  if (!resolved.allOf || depth > 10) return resolved;
  const { allOf, ...own } = resolved;
  const parts = [...allOf.map((part) => merge(document, part, depth + 1)), own];
  return {
    ...(Object.assign({}, ...parts) as Schema),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as Record<string, Schema>,
    required: parts.flatMap(({ required = [] }) => required),
  };
}

function typeOf(document: OpenApiDocument, schema: Schema, depth = 0): string {
  const { type, format, items, properties, enum: values } = merge(document, schema);
  const names = (Array.isArray(type) ? type : [type]).filter((name) => name !== undefined && name !== 'null');
  if (names[0] === 'array' && items && depth < 10) return `list of ${typeOf(document, items, depth + 1)}`;
  if (names[0] === 'object' || (names.length === 0 && properties)) return 'object';
  const text = names.length === 0 ? 'anything' : names.join(' or ');
  return `${text}${format === undefined ? '' : ` (${format})`}${values ? ' of a closed list' : ''}`;
}

/** What the comparison looks at. */
export function toPlain(document: OpenApiDocument, schema: Schema): PlainSchema {
  const { properties = {}, required = [], items, enum: values, deprecated = false } = merge(document, schema);
  return {
    type: typeOf(document, schema),
    values: values?.filter((value) => value !== null).map(String),
    properties: new Map(Object.entries(properties)),
    required: new Set(required),
    items,
    isDeprecated: deprecated,
  };
}
