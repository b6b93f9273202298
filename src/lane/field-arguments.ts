import { getArgumentValues, Kind, type FieldNode, type GraphQLArgument, type GraphQLField } from 'graphql';

type Values = Record<string, unknown>;

/** Gives the arguments of a field, not to be written to. @throws GraphQLError on an argument that can't be coerced */
export type ArgumentReader = (variableValues: Values) => Values;

type Field = GraphQLField<unknown, unknown>;

const isPrimitive = (value: unknown): boolean =>
  (typeof value !== 'object' && typeof value !== 'function') || value === null;

/** The values of arguments that no variable has a part in; undefined where they can't be shared or can't be coerced. */
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

/** Compiles the arguments of a field: constants and plain variables are read as they are, all else by graphql-js. */
export function createArgumentReader(field: Field, node: FieldNode): ArgumentReader {
  const exactly: ArgumentReader = (variableValues) => getArgumentValues(field, node, variableValues);
  const writers = field.args.map((argument) => argumentWriter(argument, field, node));
  if (!writers.every((writer) => writer !== undefined)) return exactly;
  if (!node.arguments?.some(({ value }) => value.kind === Kind.VARIABLE)) {
    const constants = Object.freeze(exactly({}));
    return () => constants;
  }
  return (variableValues) => {
    const values: Values = {};
    for (const write of writers) if (!write(values, variableValues)) return exactly(variableValues);
    return values;
  };
}
