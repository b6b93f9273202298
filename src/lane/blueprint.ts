import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { FieldPlan } from './execute-fields.js';
import type { Records } from './records.js';

/** What everything compiled for one operation, under one outcome of its conditions, shares. */
export interface Blueprint {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The coerced values of the variables that `@skip` and `@include` read: booleans, unless a client gave null. */
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly records: Records;
  /** Compiles what is selected on an object below field nodes that are merged into one field. */
  readonly planBelow: (type: GraphQLObjectType, fieldNodes: readonly FieldNode[]) => readonly FieldPlan[];
}
