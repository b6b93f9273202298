import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { ASSUMED_ITEMS, KEY_LISTS, UPSTREAM_REQUESTS } from '../../schema/policies.js';
import { LARGEST_PAGE, mostItems } from '../../schema/shared/page.args.js';

/** The most that an operation can come to, as far as its text and variables tell. */
export interface RequestCost {
  /**
   * For its lists and writes. Look-ups by key count nothing of their own: the planner answers many of them in few
   * requests, and the operation's budget holds it to that.
   */
  upstreamRequests: number;
  /** Fields in the answer, those of lists once for each item. */
  resultFields: number;
  /** Entities that it refers to, over all its `_entities`. */
  representations: number;
}

type Type = GraphQLNamedType | null | undefined;
type Values = Readonly<Record<string, unknown>>;

/** Schema coordinate of a list with an item for each of its keys → the argument that holds them, or its path. */
const KEYS: Readonly<Record<string, string>> = { ...KEY_LISTS, 'Query._entities': 'representations' };
/** A page after a cursor may have to look for its place. */
const AFTER_CURSOR = 1;
/** The write, a read before it and a read after it. */
const WRITE_REQUESTS = 3;

/** Mutations that write once for each of their inputs. */
export const isBulkField = (name: string): boolean => KEYS[`Mutation.${name}`] !== undefined;

/** Fields of a connection that hold the items of its page. */
const PAGE_ITEMS: ReadonlySet<string> = new Set(['nodes', 'edges']);

/**
 * Schema coordinate of a list without a page size, or of a long text → items that are counted for it; one for any other.
 * The schema counts for more than it is, because anyone may read it and once is enough.
 */
const ITEMS: Readonly<Record<string, number>> = {
  ...ASSUMED_ITEMS,
  '_Service.sdl': 100_000,
  '__Schema.types': 2_000,
  '__Schema.directives': 200,
  'Query.__type': 100,
  '__Type.fields': 3,
  '__Type.inputFields': 2,
};

/** An alias of more characters counts as several fields, because each item of a list repeats it. */
const NAME_CHARACTERS = 64;
/** A field whose arguments do not fit is an error for each item of a list, dearer than a value. */
const FAILED_FIELD = 1_000;

const META_FIELDS: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {
  [SchemaMetaFieldDef.name]: SchemaMetaFieldDef,
  [TypeMetaFieldDef.name]: TypeMetaFieldDef,
  [TypeNameMetaFieldDef.name]: TypeNameMetaFieldDef,
};

const NOTHING: RequestCost = { upstreamRequests: 0, resultFields: 0, representations: 0 };
const FAILED: RequestCost = { ...NOTHING, resultFields: FAILED_FIELD };

/** Walks the selections of one operation with its coerced variables. */
class CostWalk {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Values,
    /** No list counts with more items than this. */
    private readonly mostOfList: number,
  ) {}

  /** `pageSize` counts if the type is a connection. */
  ofSelections({ selections }: SelectionSetNode, type: Type, pageSize: number): RequestCost {
    const sum = { ...NOTHING };
    for (const node of selections) {
      const { upstreamRequests, resultFields, representations } = this.ofSelection(node, type, pageSize);
      sum.upstreamRequests += upstreamRequests;
      sum.resultFields += resultFields;
      sum.representations += representations;
    }
    return sum;
  }

  private ofSelection(node: SelectionNode, type: Type, pageSize: number): RequestCost {
    try {
      if (this.isLeftOut(node)) return NOTHING;
      if (node.kind === Kind.FIELD) return this.ofField(node, type, pageSize);
    } catch {
      return FAILED;
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
    if (!fragment) return NOTHING;
    const { typeCondition, selectionSet } = fragment;
    const condition = typeCondition && this.schema.getType(typeCondition.name.value);
    return this.ofSelections(selectionSet, condition ?? type, pageSize);
  }

  /** @throws GraphQLError on arguments that do not fit */
  private ofField(node: FieldNode, type: Type, pageSize: number): RequestCost {
    const name = node.name.value;
    const weight = 1 + Math.floor((node.alias ?? node.name).value.length / NAME_CHARACTERS);
    const field = META_FIELDS[name] ?? (type && 'getFields' in type ? type.getFields()[name] : undefined);
    if (!field || !('args' in field)) return { ...NOTHING, resultFields: weight };
    const args = field.args.length > 0 ? getArgumentValues(field, node, this.variables) : {};
    const below = node.selectionSet
      ? this.ofSelections(node.selectionSet, getNamedType(field.type), Math.min(mostItems(args), this.mostOfList))
      : NOTHING;
    const coordinate = `${type?.name ?? ''}.${name}`;
    const lists = (UPSTREAM_REQUESTS[coordinate] ?? 0) + (args['after'] == null ? 0 : AFTER_CURSOR);
    const keys = lengthOf(valueAt(args, KEYS[coordinate]?.split('.') ?? []));
    const isWrite = type === this.schema.getMutationType();
    // What is read for many writes is read by key.
    const own = isWrite ? (isBulkField(name) ? keys : WRITE_REQUESTS) : lists;
    const representations = coordinate === 'Query._entities' ? keys : 0;
    const items = keys || (PAGE_ITEMS.has(name) ? pageSize : (ITEMS[coordinate] ?? 1));
    return {
      upstreamRequests: own + items * below.upstreamRequests,
      resultFields: node.selectionSet ? weight + items * below.resultFields : items * weight,
      representations,
    };
  }

  /** @throws GraphQLError on a condition that is null */
  private isLeftOut(node: SelectionNode): boolean {
    if (!node.directives || node.directives.length === 0) return false;
    const skip = getDirectiveValues(GraphQLSkipDirective, node, this.variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, node, this.variables);
    return skip?.['if'] === true || include?.['if'] === false;
  }
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (parent, name) => (typeof parent === 'object' && parent !== null ? Reflect.get(parent, name) : undefined),
    value,
  );
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Undefined if the variables do not fit: execution refuses those before any resolver runs. */
export function requestCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
  mostOfList = Infinity,
): RequestCost | undefined {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  if (!coerced) return undefined;
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const walk = new CostWalk(
    schema,
    new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    coerced,
    mostOfList,
  );
  return walk.ofSelections(operation.selectionSet, schema.getRootType(operation.operation), 0);
}

/** The largest page size, on every list of the operation, whose cost fits. */
export function fittingPageSize(
  isWithinLimits: (cost: RequestCost) => boolean,
  ...[schema, document, operation, variables]: Parameters<typeof requestCost>
): number | undefined {
  const fits = (size: number): boolean => {
    const cost = requestCost(schema, document, operation, variables, size);
    return cost !== undefined && isWithinLimits(cost);
  };
  let least = 0;
  let most = LARGEST_PAGE;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  return least === 0 ? undefined : least;
}
