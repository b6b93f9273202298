import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Blueprint } from './blueprint.js';

/** The field nodes that are selected under one name, in their order. */
export type SelectedNodes = readonly [FieldNode, ...FieldNode[]];

type Scope = Pick<Blueprint, 'schema' | 'fragments' | 'conditions'>;

function isIncluded(node: SelectionNode, { conditions }: Scope): boolean {
  if (!node.directives || node.directives.length === 0) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, conditions);
  if (skip?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.['if'] !== false;
}

function applies(
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType,
  { schema }: Scope,
): boolean {
  if (!typeCondition) return true;
  const condition = schema.getType(typeCondition.name.value);
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}

/**
 * The fields that selection sets select together on an object type, by their name in the answer, in the order of the
 * answer (GraphQL specification, CollectFields): fragments are opened, conditions decided, equal names merged.
 */
export function collectFields(
  scope: Scope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, SelectedNodes> {
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  const spread = new Set<string>();

  const collect = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (!isIncluded(node, scope)) continue;
      if (node.kind === Kind.FIELD) {
        const name = (node.alias ?? node.name).value;
        const merged = fields.get(name);
        if (merged) merged.push(node);
        else fields.set(name, [node]);
        continue;
      }
      let fragment: FragmentDefinitionNode | InlineFragmentNode | undefined = undefined;
      if (node.kind === Kind.INLINE_FRAGMENT) fragment = node;
      else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        fragment = scope.fragments[node.name.value];
      }
      if (fragment && applies(fragment, type, scope)) collect(fragment.selectionSet);
    }
  };

  sets.forEach(collect);
  return fields;
}
