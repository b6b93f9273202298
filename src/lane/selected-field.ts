import type { GraphQLField, GraphQLObjectType, GraphQLResolveInfo, ResponsePath } from 'graphql';
import type { Blueprint } from './blueprint.js';
import type { SelectedNodes } from './collect-fields.js';
import type { Run } from './run.js';

/** A field of an object type, selected under one name in the answer by one field node or several. */
export interface SelectedField {
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  readonly responseName: string;
  readonly fieldNodes: SelectedNodes;
}

/** Where the field stands in the answer. */
export function toPath({ responseName, parentType }: SelectedField, parent: ResponsePath | undefined): ResponsePath {
  return { prev: parent, key: responseName, typename: parentType.name };
}

/** What a resolver of the field is told about its place in the operation. */
export function toInfo(
  { schema, fragments, operation }: Blueprint,
  { field, fieldNodes, parentType }: SelectedField,
  { variableValues }: Run,
  path: ResponsePath,
): GraphQLResolveInfo {
  const info: Partial<GraphQLResolveInfo> = {
    fieldName: field.name,
    fieldNodes,
    returnType: field.type,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues,
  };
  // Development tools declare more on the type than graphql-js 16 has.
  return info as GraphQLResolveInfo;
}
