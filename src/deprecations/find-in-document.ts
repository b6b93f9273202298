import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  typeFromAST,
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

type TypeOrNone = GraphQLNamedType | null | undefined;

/** Reads one operation and the fragments it reaches, each once. */
class Search {
  readonly found = new Set<string>();
  /** Names of the fragments that are reached. */
  readonly spread = new Set<string>();

  constructor(private readonly schema: GraphQLSchema) {}

  readSelections({ selections }: SelectionSetNode, parent: TypeOrNone): void {
    for (const node of selections) {
      if (node.directives && node.directives.length > 0) this.readDirectives(node.directives);
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        this.spread.add(node.name.value);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = node;
        this.readSelections(selectionSet, typeCondition ? this.schema.getType(typeCondition.name.value) : parent);
      } else if (isObjectType(parent) || isInterfaceType(parent)) {
        const name = node.name.value;
        this.found.add(`${parent.name}.${name}`);
        // Fields of introspection are nobody's; there is nothing to be found below them.
        const field = parent.getFields()[name];
        if (!field) continue;
        if (node.arguments && node.arguments.length > 0) {
          for (const argument of node.arguments) this.found.add(`${parent.name}.${name}(${argument.name.value}:)`);
          this.readArguments(node.arguments, field.args);
        }
        if (node.selectionSet) this.readSelections(node.selectionSet, getNamedType(field.type));
      }
    }
  }

  readDirectives(directives: readonly DirectiveNode[]): void {
    for (const { name, arguments: nodes = [] } of directives) {
      this.readArguments(nodes, this.schema.getDirective(name.value)?.args ?? []);
    }
  }

  /** The values alone. */
  private readArguments(nodes: readonly ArgumentNode[], known: readonly GraphQLArgument[]): void {
    for (const { name, value } of nodes) {
      const argument = known.find((one) => one.name === name.value);
      if (argument) this.readValue(value, getNamedType(argument.type));
    }
  }

  readValue(value: ValueNode, type: GraphQLNamedType): void {
    if (value.kind === Kind.LIST) {
      for (const item of value.values) this.readValue(item, type);
    } else if (value.kind === Kind.ENUM && isEnumType(type)) {
      this.found.add(`${type.name}.${value.value}`);
    } else if (value.kind === Kind.OBJECT && isInputObjectType(type)) {
      const fields = type.getFields();
      for (const { name, value: inside } of value.fields) {
        this.found.add(`${type.name}.${name.value}`);
        const field = fields[name.value];
        if (field) this.readValue(inside, getNamedType(field.type));
      }
    }
  }
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/**
 * Coordinates of every field, argument, input field and enum value that the text of a valid operation names, its default
 * values included. What `@skip` and `@include` leave out counts: the document is not valid any more without it.
 *
 * Every new document is read, and graphql-js's `visit` with a `TypeInfo` would take many times as long.
 */
export function findInDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const search = new Search(schema);
  for (const { type, defaultValue, directives = [] } of operation.variableDefinitions ?? []) {
    const inputType = defaultValue && typeFromAST(schema, type as never);
    if (inputType) search.readValue(defaultValue, getNamedType(inputType));
    search.readDirectives(directives);
  }
  search.readDirectives(operation.directives ?? []);
  search.readSelections(operation.selectionSet, schema.getRootType(operation.operation));
  const fragments = search.spread.size > 0 ? fragmentsOf(document) : new Map<string, FragmentDefinitionNode>();
  // A set goes on to what is added to it meanwhile.
  for (const name of search.spread) {
    const fragment = fragments.get(name);
    if (!fragment) continue;
    search.readDirectives(fragment.directives ?? []);
    search.readSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
  }
  return search.found;
}
