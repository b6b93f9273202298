import {
  getNamedType,
  GraphQLBoolean,
  GraphQLInt,
  typeFromAST,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { requestCost } from '../request-cost.js';

/** The cost of an operation with these variables, as `requestCost` gives it. */
export type CostReader = (variables: Readonly<Record<string, unknown>>) => number;

const MAX_KNOWN = 100;

const lengthOf = (value: unknown): unknown => (Array.isArray(value) ? value.length : null);

/**
 * Remembers what an operation costs. Of the variables only numbers, booleans and the length of a join's representations
 * have a part in it: sizes of pages, and what is skipped or included.
 */
export function createCostReader(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostReader {
  const known = new LRUCache<string, number>({ max: MAX_KNOWN });
  const definitions = operation.variableDefinitions ?? [];
  const namedType = (type: TypeNode): unknown => {
    const inputType = typeFromAST(schema, type as never);
    return inputType && getNamedType(inputType);
  };
  const parts = definitions.flatMap(({ variable, type }) => {
    const name = variable.name.value;
    const named = namedType(type);
    if (named === GraphQLInt || named === GraphQLBoolean) return [{ name, read: (value: unknown) => value ?? null }];
    return named === schema.getType('_Any') ? [{ name, read: lengthOf }] : [];
  });

  return (variables) => {
    const key = parts.length === 0 ? '' : JSON.stringify(parts.map(({ name, read }) => read(variables[name])));
    const before = known.get(key);
    if (before !== undefined) return before;
    const cost = requestCost(schema, document, operation.name?.value, variables);
    known.set(key, cost);
    return cost;
  };
}
