import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type SelectionSetNode,
} from 'graphql';

const CONDITIONS: ReadonlySet<string> = new Set([GraphQLSkipDirective.name, GraphQLIncludeDirective.name]);

/**
 * Whether a document holds a subscription whose root field depends on `@skip` or `@include`, which GraphQL forbids since
 * September 2025 (5.2.4.1, Single Root Field). The rules of graphql-js 16 throw if the condition is a variable.
 */
export function hasConditionalRoot({ definitions }: DocumentNode): boolean {
  const visited = new Set<string>();

  const inSelections = ({ selections }: SelectionSetNode): boolean =>
    selections.some((node) => {
      if (node.directives?.some(({ name }) => CONDITIONS.has(name.value))) return true;
      if (node.kind === Kind.FIELD) return false;
      return node.kind === Kind.INLINE_FRAGMENT ? inSelections(node.selectionSet) : inFragment(node.name.value);
    });

  function inFragment(name: string): boolean {
    if (visited.has(name)) return false;
    visited.add(name);
    return definitions.some(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === name &&
        inSelections(definition.selectionSet),
    );
  }

  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.SUBSCRIPTION &&
      inSelections(definition.selectionSet),
  );
}
