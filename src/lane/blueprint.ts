import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { FieldPlan } from './execute-fields.js';

/** What everything compiled for one operation, under one outcome of its conditions, shares. */
export interface Blueprint {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The coerced values of the variables that `@skip` and `@include` read: booleans, unless a client gave null. */
  readonly conditions: Readonly<Record<string, unknown>>;
  /** Whether an object is one whose class has getters for its properties, which do nothing but read, and none of which it hides by one of its own. */
  readonly isRecord: (value: object) => boolean;
  /** Compiles what is selected on an object below field nodes that are merged into one field. */
  readonly planBelow: (type: GraphQLObjectType, fieldNodes: readonly FieldNode[]) => readonly FieldPlan[];
}
