import { Kind, type FragmentDefinitionNode, type SelectionNode } from 'graphql';

interface Selected {
  readonly fieldNodes: readonly SelectionNode[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** Whether a field of this name is selected anywhere below the field being resolved. */
export function selects({ fieldNodes, fragments }: Selected, name: string): boolean {
  const isOrHolds = (node: SelectionNode): boolean => {
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      return fragments[node.name.value]?.selectionSet.selections.some(isOrHolds) ?? false;
    }
    if (node.kind === Kind.FIELD && node.name.value === name) return true;
    return node.selectionSet?.selections.some(isOrHolds) ?? false;
  };
  return fieldNodes.some(isOrHolds);
}
