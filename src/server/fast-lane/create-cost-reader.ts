import {
  getNamedType,
  GraphQLBoolean,
  GraphQLInt,
  Kind,
  typeFromAST,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { requestCost } from '../request-cost.js';

/** The cost of an operation with these variables, as `requestCost` gives it. */
export type CostReader = (variables: Readonly<Record<string, unknown>>) => number | undefined;

const MAX_KNOWN = 100;

/** Names of the variables that say how long a page is to be. */
function pageSizes(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (name.value === 'first' && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return names;
}

const lengthOf = (value: unknown): unknown => (Array.isArray(value) ? value.length : null);

/**
 * Remembers what an operation costs. Of the variables only sizes of pages, booleans and the length of a join's
 * representations have a part in it.
 */
export function createCostReader(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostReader {
  const known = new LRUCache<string, number>({ max: MAX_KNOWN });
  const definitions = operation.variableDefinitions ?? [];
  const sizes = pageSizes(document);
  const namedType = (type: TypeNode): unknown => {
    const inputType = typeFromAST(schema, type as never);
    return inputType && getNamedType(inputType);
  };
  const parts = definitions.flatMap(({ variable, type }) => {
    const name = variable.name.value;
    const named = namedType(type);
    const isPart = named === GraphQLBoolean || (named === GraphQLInt && sizes.has(name));
    if (isPart) return [{ name, read: (value: unknown) => value ?? null }];
    return named === schema.getType('_Any') ? [{ name, read: lengthOf }] : [];
  });

  return (variables) => {
    const key = parts.length === 0 ? '' : JSON.stringify(parts.map(({ name, read }) => read(variables[name])));
    const before = known.get(key);
    if (before !== undefined) return before;
    const cost = requestCost(schema, document, operation.name?.value, variables);
    // Not remembered where something does not fit, which what is read above may not tell.
    if (cost !== undefined) known.set(key, cost);
    return cost;
  };
}
