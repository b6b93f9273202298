import {
  getNullableType,
  getVariableValues,
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isNonNullType,
  typeFromAST,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

type Values = Record<string, unknown>;

/** As graphql-js has it without options. */
const MAX_ERRORS = 50;

export type CoercedVariables =
  { coerced: Values; errors?: never } | { coerced?: never; errors: readonly GraphQLError[] };

/** Coerces the variables of a request, defaults included. */
export type VariableReader = (inputs: Readonly<Values>) => CoercedVariables;

const isString = (value: unknown): boolean => typeof value === 'string';

/** Input type → which values it is known to coerce to themselves. */
const TAKEN_AS_THEY_ARE = new Map<unknown, (value: unknown) => boolean>([
  [GraphQLID, isString],
  [GraphQLString, isString],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
]);

interface PlainVariable {
  readonly name: string;
  readonly mayBeMissing: boolean;
  readonly isTaken: (value: unknown) => boolean;
}

function toPlainVariable(schema: GraphQLSchema, definition: VariableDefinitionNode): PlainVariable | undefined {
  const type = typeFromAST(schema, definition.type);
  const isTaken = type && TAKEN_AS_THEY_ARE.get(getNullableType(type));
  const name = definition.variable.name.value;
  // To assign this name would set a prototype.
  if (!isTaken || name === '__proto__') return undefined;
  return { name, mayBeMissing: !isNonNullType(type) && !definition.defaultValue, isTaken };
}

/** Compiles the coercion of an operation's variables: sound values of built-in types are taken as they are, all else is graphql-js's. */
export function createVariableReader(schema: GraphQLSchema, operation: OperationDefinitionNode): VariableReader {
  const definitions = operation.variableDefinitions ?? [];
  const exactly: VariableReader = (inputs) => getVariableValues(schema, definitions, inputs, { maxErrors: MAX_ERRORS });
  const variables = definitions.map((definition) => toPlainVariable(schema, definition));
  if (!variables.every((variable) => variable !== undefined)) return exactly;

  return (inputs) => {
    const coerced: Values = {};
    for (const { name, mayBeMissing, isTaken } of variables) {
      if (!Object.hasOwn(inputs, name)) {
        if (mayBeMissing) continue;
        return exactly(inputs);
      }
      const value = inputs[name];
      if (!isTaken(value)) return exactly(inputs);
      coerced[name] = value;
    }
    return { coerced };
  };
}
