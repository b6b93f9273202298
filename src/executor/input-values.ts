import {
  type FieldNode,
  type GraphQLArgument,
  GraphQLBoolean,
  type GraphQLError,
  type GraphQLField,
  GraphQLID,
  GraphQLInt,
  type GraphQLSchema,
  GraphQLString,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  getArgumentValues,
  getNullableType,
  getVariableValues,
  isNonNullType,
  typeFromAST,
} from 'graphql';

type Values = Record<string, unknown>;

/** As graphql-js has it without options. */
export const MAX_VARIABLE_ERRORS = 50;

type CoercedVariables = { coerced: Values; errors?: never } | { coerced?: never; errors: readonly GraphQLError[] };

/** Coerces the variables of a request, defaults included; looks for `maxErrors` errors at most. */
type VariableReader = (inputs: Readonly<Values>, maxErrors: number) => CoercedVariables;

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

/**
 * Compiles the coercion of an operation's variables: sound values of built-in types are taken as they are, all else is graphql-js's.
 * Undefined if the operation declares none.
 */
export function createVariableReader(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): VariableReader | undefined {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return undefined;
  const exactly: VariableReader = (inputs, maxErrors) => getVariableValues(schema, definitions, inputs, { maxErrors });
  const variables = definitions.map((definition) => toPlainVariable(schema, definition));
  if (!variables.every((variable) => variable !== undefined)) return exactly;

  return (inputs, maxErrors) => {
    const coerced: Values = {};
    for (const { name, mayBeMissing, isTaken } of variables) {
      if (!Object.hasOwn(inputs, name)) {
        if (mayBeMissing) continue;
        return exactly(inputs, maxErrors);
      }
      const value = inputs[name];
      if (!isTaken(value)) return exactly(inputs, maxErrors);
      coerced[name] = value;
    }
    return { coerced };
  };
}

/** Gives the arguments of a field, not to be written to. @throws GraphQLError on an argument that can't be coerced */
type ArgumentReader = (variableValues: Values) => Values;

type Field = GraphQLField<unknown, unknown>;

const isPrimitive = (value: unknown): boolean =>
  (typeof value !== 'object' && typeof value !== 'function') || value === null;

/** The values of arguments that no variable has a part in; undefined if they can't be shared or can't be coerced. */
function constantValues(field: Field, node: FieldNode): Values | undefined {
  try {
    const values = getArgumentValues(field, node, {});
    return Object.values(values).every(isPrimitive) ? values : undefined;
  } catch {
    return undefined;
  }
}

/** Writes one argument into the values and tells whether it could; what it can't needs graphql-js. */
type ArgumentWriter = (values: Values, variableValues: Values) => boolean;

function variableWriter(argument: GraphQLArgument, variable: string): ArgumentWriter {
  return (values, variableValues) => {
    // A variable that is missing or null means defaults or an error, by rules that graphql-js knows.
    const value = Object.hasOwn(variableValues, variable) ? variableValues[variable] : undefined;
    if (value == null) return false;
    values[argument.name] = value;
    return true;
  };
}

function argumentWriter(argument: GraphQLArgument, field: Field, node: FieldNode): ArgumentWriter | undefined {
  const given = node.arguments?.find(({ name }) => name.value === argument.name);
  if (given?.value.kind === Kind.VARIABLE) return variableWriter(argument, given.value.name.value);
  const constant = constantValues({ ...field, args: [argument] }, node);
  if (!constant) return undefined;
  return (values) => {
    Object.assign(values, constant);
    return true;
  };
}

/** Compiles the arguments of a field: to values if they are constant, else to what reads plain variables as they are and all else by graphql-js. */
export function compileArguments(field: Field, node: FieldNode): Values | ArgumentReader {
  const exactly: ArgumentReader = (variableValues) => getArgumentValues(field, node, variableValues);
  const writers = field.args.map((argument) => argumentWriter(argument, field, node));
  if (!writers.every((writer) => writer !== undefined)) return exactly;
  if (!node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE)) {
    return Object.freeze(exactly({}));
  }
  return (variableValues) => {
    const values: Values = {};
    for (const write of writers) if (!write(values, variableValues)) return exactly(variableValues);
    return values;
  };
}
