import {
  type DocumentNode,
  GraphQLBoolean,
  GraphQLInt,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  isInputObjectType,
  type OperationDefinitionNode,
  type TypeNode,
  getNamedType,
  getNullableType,
  isListType,
  typeFromAST,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type RequestCost, fittingPageSize, isBulkField, requestCost } from '../cost/request-cost.js';
import type { OperationLimits } from '../../config/operation-limits.js';
import type { OperationRule } from '../operation-rule.js';
import { exceededLimits, tooCostly } from './limits.js';

/** The cost of an operation with these variables, as `requestCost` gives it. */
type CostReader = (variables: Readonly<Record<string, unknown>>) => RequestCost | undefined;

/** Characters of keys, and as much for each of them. */
const MAX_KNOWN = 5_000;
const KEY_ROOM = 50;

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

const presenceOf = (value: unknown): unknown => (value === undefined || value === null ? value : true);
const lengthOf = (value: unknown): unknown => (Array.isArray(value) ? value.length : presenceOf(value));
/** The same for an input object, and the length of each list in it: `{ customers: [{…}, {…}] }` → `[['customers', 2]]`. */
const sizesOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([name, part]) => [name, lengthOf(part)])
    : lengthOf(value);
const itself = (value: unknown): unknown => value;

/**
 * Remembers what an operation costs. Of the variables only sizes of pages, booleans and the length of lists have a part in it, and of all others whether they are given: an argument may not take null.
 */
export function createCostReader(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostReader {
  const known = new LRUCache<string, RequestCost>({
    maxSize: MAX_KNOWN,
    sizeCalculation: (_cost, key) => key.length + KEY_ROOM,
  });
  const definitions = operation.variableDefinitions ?? [];
  const sizes = pageSizes(document);
  const readerOf = (name: string, type: TypeNode): ((value: unknown) => unknown) => {
    const inputType = typeFromAST(schema, type as never);
    const named = inputType && getNamedType(inputType);
    if (named === GraphQLBoolean || (named === GraphQLInt && sizes.has(name))) return itself;
    if (isInputObjectType(named) && named === getNullableType(inputType)) return sizesOf;
    return inputType && isListType(getNullableType(inputType)) ? lengthOf : presenceOf;
  };
  const parts = definitions.map(({ variable: { name }, type }) => ({
    name: name.value,
    read: readerOf(name.value, type),
  }));

  return (variables) => {
    const key = JSON.stringify(parts.map(({ name, read }) => read(variables[name]) ?? String(variables[name])));
    const before = known.get(key);
    if (before !== undefined) return before;
    const cost = requestCost(schema, document, operation, variables);
    // Not remembered if something does not fit, which the parts above may not show.
    if (cost !== undefined) known.set(key, cost);
    return cost;
  };
}

interface CostOptions {
  schema: GraphQLSchema;
  limits: OperationLimits;
  /** Upstream requests that an operation can cost. */
  upstreamRequests: number;
  /** Upstream requests that a router's join can cost. */
  entityRequests: number;
  /** Upstream requests that an operation of bulk mutations can cost. */
  bulkRequests: number;
}

/** Whether an operation is nothing but bulk mutations: a client can't widen its own budget by an empty one beside others. */
const isBulkOperation = ({ operation, selectionSet }: OperationDefinitionNode): boolean =>
  operation === OperationTypeNode.MUTATION &&
  selectionSet.selections.every((node) => node.kind === Kind.FIELD && isBulkField(node.name.value));

/** A router's join selects nothing else: a client can't widen its own budget by an empty `_entities` beside it. */
export const isEntitiesOperation = ({ selectionSet }: OperationDefinitionNode): boolean =>
  selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value === '_entities');

/**
 * Rejects an operation that is certain to exceed its budget of upstream requests before it makes the first, and one whose
 * answer could be too large. Joins of a router, which come with many entities at once, have a wider budget, and so have bulk
 * mutations, which have more time too.
 */
export function cost(options: CostOptions): OperationRule {
  const { schema, limits, upstreamRequests, entityRequests, bulkRequests } = options;
  const isWithin = (maximum: number, requestCost: RequestCost): boolean =>
    requestCost.upstreamRequests <= maximum && exceededLimits(requestCost, limits).length === 0;

  return {
    name: 'cost',
    checkOperation({ document, definition }) {
      const isJoin = isEntitiesOperation(definition);
      const isBulk = isBulkOperation(definition);
      const costOf = createCostReader(schema, document, definition);
      if (!isJoin && !isBulk && !definition.variableDefinitions?.length) {
        const always = costOf({});
        if (!always || isWithin(upstreamRequests, always)) return undefined;
      }
      return ({ variables, context }) => {
        const { budget } = context;
        if (isJoin) budget.widenTo(entityRequests);
        if (isBulk) {
          budget.widenTo(bulkRequests);
          context.extendTime();
        }
        const maximum = budget.limit;
        const requestCost = costOf(variables);
        // Undefined if the variables do not fit: execution rejects those before any resolver runs.
        if (!requestCost || isWithin(maximum, requestCost)) return;
        const fits = (smaller: RequestCost): boolean => isWithin(maximum, smaller);
        const first = fittingPageSize(fits, schema, document, definition, variables);
        throw tooCostly(exceededLimits(requestCost, limits), { needed: requestCost.upstreamRequests, maximum }, first);
      };
    },
  };
}
