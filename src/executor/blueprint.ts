import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { CollectedErrors } from './compile-operation.js';
import type { FieldPlan } from './complete-value.js';
import type { Records } from './raw-writer.js';

/** What belongs to one execution of a compiled operation. */
export interface Run {
  readonly contextValue: unknown;
  /** Coerced, defaults included. */
  readonly variableValues: Record<string, unknown>;
  readonly errors: CollectedErrors;
}

/** What everything compiled for one operation, under one outcome of its conditions, shares. */
export interface Blueprint {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The coerced values of the variables that `@skip` and `@include` read: booleans, unless a client gave null. */
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly records: Records;
  /** Hears how many bytes the heap has grown by, each time that a selection has been compiled. */
  readonly onCompiled: (bytes: number) => void;
  /** Compiles what is selected on an object below field nodes that are merged into one field. */
  readonly planBelow: (type: GraphQLObjectType, fieldNodes: readonly FieldNode[]) => readonly FieldPlan[];
}
