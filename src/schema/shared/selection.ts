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

/** What an operation selects below a field, for deciding what to ask the upstream for. */
export interface Selection {
  /** Names of the fields selected at a path below the field; the field itself is the empty path. */
  fields(...path: string[]): ReadonlySet<string>;
}

type Scope = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues' | 'schema'>;

function isIncluded(node: SelectionNode, { variableValues }: Scope): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

/** Whether a fragment with this type condition may apply to `onType`; to any type where that is left out. */
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

type FieldInfo = Pick<GraphQLResolveInfo, 'fieldNodes'> & Scope;

function readFields(info: FieldInfo, onType: string | undefined, path: readonly string[]): ReadonlySet<string> {
  const nodes = path.reduce(
    (parents, name) => fieldNodes(subselections(parents.filter((node) => node.name.value === name)), info),
    fieldNodes(subselections(info.fieldNodes), info, onType),
  );
  return new Set(nodes.map((node) => node.name.value));
}

/**
 * What has been read before, by the list of nodes that a field has in an operation: a compiled operation uses the same
 * list again, and another one where conditions select something else. Holds names only, nothing of a request.
 */
const readBefore = new WeakMap<readonly FieldNode[], Map<string, ReadonlySet<string>>>();

/**
 * Reads the selection below the field being resolved: aliases, fragments, @skip and @include are seen through. Where the
 * field is of a union, `onType` names the member type to read it for.
 */
export function selectionOf(info: FieldInfo, onType?: string): Selection {
  let known = readBefore.get(info.fieldNodes);
  if (!known) readBefore.set(info.fieldNodes, (known = new Map<string, ReadonlySet<string>>()));
  const names = known;
  return {
    fields(...path) {
      const key = `${onType ?? ''}.${path.join('.')}`;
      let fields = names.get(key);
      if (!fields) names.set(key, (fields = readFields(info, onType, path)));
      return fields;
    },
  };
}

/** Names of the fields selected on the items of a connection, whether by `nodes` or by `edges.node`. */
export function itemFields(selection: Selection): ReadonlySet<string> {
  return new Set([...selection.fields('nodes'), ...selection.fields('edges', 'node')]);
}

/** Whether a connection is asked for its `totalCount` alone, for which one item is page enough. */
export function onlyCounts(selection: Selection): boolean {
  const fields = selection.fields();
  return fields.size > 0 && [...fields].every((name) => name === 'totalCount' || name === '__typename');
}
