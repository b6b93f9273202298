import {
  getNamedType,
  isEnumType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** An operation and the fragments it reaches, each once. */
function partsOf(document: DocumentNode, operation: OperationDefinitionNode): readonly ASTNode[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const parts = new Set<ASTNode>([operation]);
  // A set goes on to what is added to it meanwhile.
  for (const part of parts) {
    visit(part, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment) parts.add(fragment);
      },
    });
  }
  return [...parts];
}

/**
 * Coordinates of every field, argument, input field and enum value that the text of a valid operation names, its default
 * values included. What `@skip` and `@include` leave out counts: the document is not valid any more without it.
 */
export function findInDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const note = (parent: { name: string } | null | undefined, rest: string): void => {
    if (parent) found.add(`${parent.name}.${rest}`);
  };
  const visitor = visitWithTypeInfo(types, {
    Field: ({ name }) => note(types.getParentType(), name.value),
    Argument({ name }) {
      // An argument of a directive has none of a field's.
      const field = types.getFieldDef();
      if (!types.getDirective() && field) note(types.getParentType(), `${field.name}(${name.value}:)`);
    },
    ObjectField({ name }) {
      const parent = types.getParentInputType();
      note(parent && getNamedType(parent), name.value);
    },
    EnumValue({ value }) {
      const type = getNamedType(types.getInputType());
      if (isEnumType(type)) note(type, value);
    },
  });
  for (const part of partsOf(document, operation)) visit(part, visitor);
  return found;
}
