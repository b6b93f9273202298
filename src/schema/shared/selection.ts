import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Scope = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues' | 'schema'>;

function isIncluded(node: SelectionNode, { variableValues }: Scope): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

/** Whether a fragment with this type condition may apply to `onType`; to any type if that is left out. */
function mayApply(condition: string | undefined, onType: string | undefined, { schema }: Scope): boolean {
  if (condition === undefined || onType === undefined || condition === onType) return true;
  return !isObjectType(schema.getType(condition));
}

function fieldNodes(sets: readonly SelectionSetNode[], scope: Scope, onType?: string): FieldNode[] {
  return sets
    .flatMap((set) => set.selections)
    .filter((node) => isIncluded(node, scope))
    .flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : scope.fragments[node.name.value];
      if (!fragment || !mayApply(fragment.typeCondition?.name.value, onType, scope)) return [];
      return fieldNodes([fragment.selectionSet], scope, onType);
    });
}

const subselections = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap((node) => node.selectionSet ?? []);

export type FieldInfo = Pick<GraphQLResolveInfo, 'fieldNodes'> & Scope;

function readFields(info: FieldInfo, onType: string | undefined, path: readonly string[]): ReadonlySet<string> {
  const nodes = path.reduce(
    (parents, name) => fieldNodes(subselections(parents.filter((node) => node.name.value === name)), info),
    fieldNodes(subselections(info.fieldNodes), info, onType),
  );
  return new Set(nodes.map((node) => node.name.value));
}

/**
 * Remembers what was read by the list of nodes that a field has in an operation: a compiled operation uses the same list
 * again, and another one where conditions select something else. To be used for names only, nothing of a request.
 */
function remembered<T extends object>(read: (info: FieldInfo) => T): (info: FieldInfo) => T {
  const known = new WeakMap<readonly FieldNode[], T>();
  return (info) => {
    let selected = known.get(info.fieldNodes);
    if (!selected) known.set(info.fieldNodes, (selected = read(info)));
    return selected;
  };
}

/**
 * Names of the fields selected below the field being resolved, for deciding what to ask the upstream for: aliases,
 * fragments, @skip and @include are seen through.
 */
export const selectedFields = remembered((info) => readFields(info, undefined, []));

/** The same below one of the fields selected there. */
export const selectedBelow = (name: string): typeof selectedFields =>
  remembered((info) => readFields(info, undefined, [name]));

/** The field nodes that are selected below the field being resolved by the name, merged into the first of its keys in the answer. */
export const selectedNodes = (name: string): ((info: FieldInfo) => readonly FieldNode[]) =>
  remembered((info) => {
    const nodes = fieldNodes(subselections(info.fieldNodes), info).filter((node) => node.name.value === name);
    const key = nodes[0]?.alias?.value;
    return nodes.filter(({ alias }) => alias?.value === key);
  });

/** The same for a field of a union, as far as it is of the member type `onType`. */
export const selectedFieldsOn = (onType: string): typeof selectedFields =>
  remembered((info) => readFields(info, onType, []));

/** What is selected of a connection. */
export interface ConnectionSelection {
  /** Names of the fields selected on its items, whether by `nodes` or by `edges.node`. */
  itemFields: ReadonlySet<string>;
  /** Whether its `totalCount` is selected. */
  counts: boolean;
  /** Whether nothing else is, for which one item is page enough. */
  onlyCounts: boolean;
}

/** Reads the selection below a field that answers a connection. */
export const selectedOfConnection = remembered((info): ConnectionSelection => {
  const fields = [...selectedFields(info)];
  return {
    itemFields: new Set([...readFields(info, undefined, ['nodes']), ...readFields(info, undefined, ['edges', 'node'])]),
    counts: fields.includes('totalCount'),
    onlyCounts: fields.length > 0 && fields.every((name) => name === 'totalCount' || name === '__typename'),
  };
});
