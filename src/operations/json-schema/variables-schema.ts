import {
  getNullableType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromASTUntyped,
  type VariableDefinitionNode,
} from 'graphql';
import { described, type JsonSchema, type JsonSchemas } from './json-schemas.js';

/** A variable of an operation. */
export interface Variable {
  name: string;
  /** Without null. */
  schema: JsonSchema;
  /** With null, if the type allows it. */
  nullable: JsonSchema;
  isObject: boolean;
  isRequired: boolean;
  description: string | undefined;
}

function toVariable(node: VariableDefinitionNode, schema: GraphQLSchema, schemas: JsonSchemas): Variable {
  const type = typeFromAST(schema, node.type) as GraphQLInputType;
  const { description, defaultValue } = node;
  const preset = defaultValue && { default: valueFromASTUntyped(defaultValue) };
  return {
    name: node.variable.name.value,
    schema: { ...schemas.ofGiven(type), ...preset },
    nullable: { ...schemas.ofInput(type), ...preset },
    isObject: isInputObjectType(getNullableType(type)),
    isRequired: isNonNullType(type) && defaultValue === undefined,
    description: description?.value,
  };
}

/** The variables of a valid operation, in their order. */
export const toVariables = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  schema: GraphQLSchema,
  schemas: JsonSchemas,
): Variable[] => variableDefinitions.map((node) => toVariable(node, schema, schemas));

/** The object that holds all variables, and nothing else. */
export function toVariablesSchema(variables: readonly Variable[]): JsonSchema & { type: 'object' } {
  const required = variables.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      variables.map(({ name, nullable, description }) => [name, described(nullable, { description })]),
    ),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}
