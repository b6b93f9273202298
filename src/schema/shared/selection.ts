import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
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

type Scope = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

function isIncluded(node: SelectionNode, { variableValues }: Scope): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.['if'] !== true && include?.['if'] !== false;
}

function fieldNodes(sets: readonly SelectionSetNode[], scope: Scope): FieldNode[] {
  return sets
    .flatMap((set) => set.selections)
    .filter((node) => isIncluded(node, scope))
    .flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      const set =
        node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : scope.fragments[node.name.value]?.selectionSet;
      return set ? fieldNodes([set], scope) : [];
    });
}

const subselections = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap((node) => node.selectionSet ?? []);

/** Reads the selection below the field being resolved: aliases, fragments, @skip and @include are seen through. */
export function selectionOf(info: Pick<GraphQLResolveInfo, 'fieldNodes'> & Scope): Selection {
  return {
    fields(...path) {
      const sets = path.reduce(
        (parents, name) => subselections(fieldNodes(parents, info).filter((node) => node.name.value === name)),
        subselections(info.fieldNodes),
      );
      return new Set(fieldNodes(sets, info).map((node) => node.name.value));
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
