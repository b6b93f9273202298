import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLString,
  isInputObjectType,
  isListType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import { parseJson } from '../../json/parse-json.js';

/** Values by the names of variables. */
export type Variables = Readonly<Record<string, unknown>>;
/** Variables of an operation and their types. */
export type VariableTypes = ReadonlyMap<string, GraphQLInputType>;

/** `query ($id: ID!) { … }` → `id`: `ID!`. Of a valid operation. */
export const variableTypesOf = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  schema: GraphQLSchema,
): VariableTypes =>
  new Map(
    variableDefinitions.map(({ variable, type }) => [
      variable.name.value,
      typeFromAST(schema, type) as GraphQLInputType,
    ]),
  );

const mistake = (message: string, argument: string): GatewayError =>
  new GatewayError('BAD_USER_INPUT', message, { httpStatus: 400, extensions: { argument } });

/** @throws GatewayError BAD_USER_INPUT, 400, on a name that the operation does not have: a typing error must not go unnoticed */
export function rejectUnknown(names: Iterable<string>, types: VariableTypes): void {
  for (const name of names) {
    if (types.has(name)) continue;
    const known = [...types.keys()].join(', ') || 'none';
    throw mistake(`There is no variable ${name.slice(0, 100)}. Those of this operation: ${known}.`, name.slice(0, 100));
  }
}

/** Types whose values are written as JSON; those of others are texts. */
const JSON_TYPES: ReadonlySet<unknown> = new Set([GraphQLInt, GraphQLFloat, GraphQLBoolean]);

/** A value as its type has it, or the text, for which GraphQL then says what is wrong with it. */
function toValue(text: string, type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (!JSON_TYPES.has(nullable) && !isInputObjectType(nullable) && !isListType(nullable)) return text;
  try {
    return parseJson(text, String);
  } catch {
    return text;
  }
}

/**
 * Variables by the parameters of a URL, by their types: `ids=1&ids=2&first=3&filter={"isLocked":{"eq":true}}` →
 * `{ ids: ['1', '2'], first: 3, filter: { isLocked: { eq: true } } }`. An empty parameter counts as not given, unless it is a text.
 * @throws GatewayError BAD_USER_INPUT, 400, on unknown and repeated parameters
 */
export function readVariables(parameters: URLSearchParams, types: VariableTypes): Variables {
  rejectUnknown(parameters.keys(), types);
  const given: [string, unknown][] = [];
  for (const [name, type] of types) {
    const texts = parameters.getAll(name).filter((text) => text !== '' || getNamedType(type) === GraphQLString);
    const [first] = texts;
    if (first === undefined) continue;
    const list = getNullableType(type);
    if (isListType(list)) given.push([name, texts.map((text) => toValue(text, list.ofType))]);
    else if (texts.length === 1) given.push([name, toValue(first, type)]);
    else throw mistake(`${name} is given ${texts.length} times, and is not a list.`, name);
  }
  return Object.fromEntries(given);
}
