import {
  getNullableType,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLNamedOutputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  specifiedScalarTypes,
} from 'graphql';

/** JSON Schema, 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON of each scalar of the schema. */
const SCALARS: Readonly<Record<string, JsonSchema>> = {
  Boolean: { type: 'boolean' },
  Date: { type: 'string', format: 'date' },
  DateTime: { type: 'string', format: 'date-time' },
  Float: { type: 'number' },
  ID: { type: 'string' },
  Int: { type: 'integer', format: 'int32' },
  Long: {
    anyOf: [
      { type: 'integer', format: 'int64' },
      { type: 'string', pattern: '^-?[0-9]+$' },
    ],
  },
  String: { type: 'string' },
  UUID: { type: 'string' },
};

const SPECIFIED: ReadonlySet<string> = new Set(specifiedScalarTypes.map(({ name }) => name));

/** `{ type: 'string' }` → `{ type: ['string', 'null'] }`. */
export const orNull = (schema: JsonSchema): JsonSchema =>
  typeof schema['type'] === 'string' && !('$ref' in schema)
    ? { ...schema, type: [schema['type'], 'null'] }
    : { anyOf: [schema, { type: 'null' }] };

/** Without undefined members, which are not JSON. */
export const described = (
  schema: JsonSchema,
  {
    description,
    deprecationReason,
  }: { description?: string | null | undefined; deprecationReason?: string | null | undefined },
): JsonSchema => ({
  ...schema,
  ...(description && { description }),
  ...(deprecationReason && { deprecated: true }),
});

/** Describes types of the GraphQL schema, and collects those that have names of their own. */
export class JsonSchemas {
  /** By name: what the schemas refer to. */
  readonly named: Record<string, JsonSchema> = {};

  /** `prefix` is where the named ones are to be: `#/$defs/`. */
  constructor(private readonly prefix: string) {}

  /** A value of this type in a request. */
  ofInput(type: GraphQLInputType): JsonSchema {
    return isNonNullType(type) ? this.ofGiven(type) : orNull(this.ofGiven(type));
  }

  /** The same without null. */
  ofGiven(type: GraphQLInputType): JsonSchema {
    const nullable = getNullableType(type);
    return isListType(nullable) ? { type: 'array', items: this.ofInput(nullable.ofType) } : this.ofNamed(nullable);
  }

  /** An input object, a scalar or an enum, the latter in a response too. */
  ofNamed(type: GraphQLNamedInputType | GraphQLNamedOutputType): JsonSchema {
    const { name } = type;
    if (SPECIFIED.has(name)) return SCALARS[name] ?? {};
    if (!(name in this.named)) {
      // Before its members are, which may refer to it.
      this.named[name] = {};
      this.named[name] = described(this.define(type), type);
    }
    return { $ref: `${this.prefix}${name}` };
  }

  private define(type: GraphQLNamedInputType | GraphQLNamedOutputType): JsonSchema {
    if (isInputObjectType(type)) return this.defineInput(type);
    if (isEnumType(type)) return defineEnum(type);
    return SCALARS[type.name] ?? {};
  }

  private defineInput(type: GraphQLInputObjectType): JsonSchema {
    const fields = Object.values(type.getFields());
    const required = fields.filter(isRequiredInputField).map(({ name }) => name);
    const schemaOf = (field: GraphQLInputField): JsonSchema => described(this.ofInput(field.type), field);
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  }
}

const defineEnum = (type: GraphQLEnumType): JsonSchema => ({
  type: 'string',
  enum: type.getValues().map(({ name }) => name),
});
