import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { DEFAULT_PAGE_SIZE } from '../schema/shared/page.args.js';

/** Upstream requests of a field, given those of one item below it. */
type Cost = (below: number, args: Readonly<Record<string, unknown>>) => number;

const pageOf: Cost = (below, { first }) => 1 + Number(first ?? DEFAULT_PAGE_SIZE) * below;
const perItem: Cost = (below) => below;
const oneRequest: Cost = () => 1;
/** The write, a read before it and a read after it. */
const write: Cost = (below) => 3 + below;

/**
 * What is certain before an operation starts. Look-ups by key count nothing of their own here: the planner answers
 * many of them in few requests, and the operation's budget holds it to that.
 */
const COSTS: Readonly<Record<string, Cost>> = {
  'Query.customers': pageOf,
  'Query.customer': perItem,
  'Query.customerByUuid': perItem,
  'Query.webhooks': oneRequest,
  'Query.webhookEventTypes': oneRequest,
  'Query.upstreamVersion': oneRequest,
  'Query._entities': (below, { representations }) =>
    (Array.isArray(representations) ? representations.length : 1) * below,
  'Customer.users': oneRequest,
};

const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (type.name === 'Mutation') return write(childComplexity, args);
  return COSTS[`${type.name}.${field.name}`]?.(childComplexity, args) ?? childComplexity;
};

/** Names of fields that cost something of their own, not only what is below them. */
const COSTLY: ReadonlySet<string> = new Set(
  Object.entries(COSTS)
    .filter(([, cost]) => cost(0, { first: 1, representations: [] }) > 0)
    .map(([name]) => name.split('.')[1] ?? ''),
);

function selectsCostly({ selections }: SelectionSetNode): boolean {
  return selections.some((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return false;
    if (node.kind === Kind.FIELD && COSTLY.has(node.name.value)) return true;
    return node.selectionSet !== undefined && selectsCostly(node.selectionSet);
  });
}

/** Whether any operation of a document could cost a request, whatever its variables: most do not, and that is quick to see. */
export const mayCost = ({ definitions }: DocumentNode): boolean =>
  definitions.some((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      return definition.operation !== OperationTypeNode.QUERY || selectsCostly(definition.selectionSet);
    return definition.kind === Kind.FRAGMENT_DEFINITION && selectsCostly(definition.selectionSet);
  });

/**
 * The most upstream requests that an operation's lists and writes can cost, as far as its text and variables tell.
 * Undefined where variables or arguments do not fit: execution refuses those before any resolver runs.
 */
export function requestCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): number | undefined {
  try {
    return getComplexity({
      schema,
      query: document,
      variables: { ...variables },
      estimators: [estimate],
      ...(operationName !== undefined && { operationName }),
    });
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
