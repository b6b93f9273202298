import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Reads one page of a connection, with the variables `_first`, `_after` and those of `FilePlan`. */
export interface PageDocument {
  text: string;
  /** Variables of the original document that it still has. */
  variables: ReadonlySet<string>;
  /** Keys from the data to the connection. */
  path: readonly string[];
  /** Variables of the original document for the size of a page and for where to begin; undefined if it has none. */
  sizeVariable: string | undefined;
  afterVariable: string | undefined;
  /** Keys from an item to the value of each column. */
  columns: readonly (readonly string[])[];
}

/** How all pages of an operation become the rows of a file. */
export interface FilePlan {
  /** Names of the columns, in order. */
  columns: readonly string[];
  /** Its variable `_counts` says whether to count the whole list. */
  outer: PageDocument;
  /** Rows are the items of this connection, for each item of the outer one, by its id in the variable `_id`. */
  inner: PageDocument | undefined;
}

/** A valid operation, with the document it is in. */
interface Source {
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** A connection of an operation, with the fields that lead to it. */
interface Connection {
  /** From the root to the connection. */
  chain: readonly FieldNode[];
  parent: GraphQLNamedType;
  itemType: GraphQLNamedType;
  /** What is selected of its items. */
  selections: readonly SelectionNode[];
  /** Whether it is within a list that is no page of a connection. */
  isInList: boolean;
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The operation without spreads of named fragments. */
function inlineFragments({ document, definition }: Source) {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  return visit(definition, {
    FragmentSpread({ name, directives }) {
      const fragment = fragments.get(name.value);
      if (!fragment) return undefined;
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, ...(directives && { directives }) };
    },
  });
}

/** The type of the items; undefined if a type is no connection. */
function itemTypeOf(type: GraphQLNamedType | undefined): GraphQLNamedType | undefined {
  if (!isObjectType(type)) return undefined;
  const { pageInfo, nodes } = type.getFields();
  return pageInfo && nodes && getNamedType(nodes.type);
}

/** What is selected of the items of a connection, by `nodes` and `edges.node`. */
function itemSelections({ selections }: SelectionSetNode): readonly SelectionNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) {
      const name = node.name.value;
      if (name === 'edges' && node.selectionSet) return itemSelections(node.selectionSet);
      return ['nodes', 'node'].includes(name) ? (node.selectionSet?.selections ?? []) : [];
    }
    return node.kind === Kind.INLINE_FRAGMENT ? itemSelections(node.selectionSet) : [];
  });
}

function findConnections(definition: OperationDefinitionNode, schema: GraphQLSchema): Connection[] {
  const types = new TypeInfo(schema);
  const found: Connection[] = [];
  const chain: FieldNode[] = [];
  let lists = 0;
  const listsOf = (): number => {
    const type = types.getType();
    return type && isListType(getNullableType(type)) && !itemTypeOf(types.getParentType() ?? undefined) ? 1 : 0;
  };
  visit(
    definition,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          chain.push(node);
          lists += listsOf();
          const type = types.getType();
          const itemType = itemTypeOf(type ? getNamedType(type) : undefined);
          const parent = types.getParentType();
          const selections = node.selectionSet ? itemSelections(node.selectionSet) : [];
          if (itemType && parent) found.push({ chain: [...chain], parent, itemType, selections, isInList: lists > 0 });
        },
        leave() {
          chain.pop();
          lists -= listsOf();
        },
      },
    }),
  );
  return found;
}

/** Keys to each value of an item. A list is one value: `{ id attributes { items { key } } }` → `id`, `attributes.items` */
function columnsOf(selections: readonly SelectionNode[], type: GraphQLNamedType): (readonly string[])[] {
  const all = selections.flatMap((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT) return columnsOf(node.selectionSet.selections, type);
    const fieldType = isObjectType(type) ? type.getFields()[node.name.value]?.type : undefined;
    const named = fieldType && getNamedType(fieldType);
    if (!node.selectionSet || !isCompositeType(named) || isListType(getNullableType(fieldType))) return [[keyOf(node)]];
    return columnsOf(node.selectionSet.selections, named).map((below) => [keyOf(node), ...below]);
  });
  return [...new Map(all.map((keys) => [keys.join('.'), keys])).values()];
}

function without(selections: readonly SelectionNode[], removed: FieldNode): readonly SelectionNode[] {
  return visit(
    { kind: Kind.SELECTION_SET, selections },
    {
      Field: (node) => (node === removed ? null : undefined),
      InlineFragment: { leave: (node) => (node.selectionSet.selections.length === 0 ? null : undefined) },
    },
  ).selections;
}

function variableIn({ arguments: args = [] }: FieldNode, argument: string): string | undefined {
  const value = args.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}

const PAGING_ARGUMENTS: ReadonlySet<string> = new Set(['first', 'after', 'offset']);

/** `customers(first: 10, filter: $f)` → `customers(filter: $f, first: $_first, after: $_after)` */
function toCall({ alias, name, arguments: args = [] }: FieldNode, isPage: boolean): string {
  const own = args.filter((arg) => !isPage || !PAGING_ARGUMENTS.has(arg.name.value)).map(print);
  const all = isPage ? [...own, 'first: $_first', 'after: $_after'] : own;
  return `${alias ? `${alias.value}: ` : ''}${name.value}${all.length > 0 ? `(${all.join(', ')})` : ''}`;
}

interface PageOptions {
  definition: OperationDefinitionNode;
  connection: Connection;
  /** Calls of the fields around the connection. */
  around: readonly string[];
  aroundKeys: readonly string[];
  selections: readonly SelectionNode[];
  /** Beside those, and without a column. */
  moreOfItem: string;
  moreOfPage: string;
  /** Definitions of variables. */
  more: string;
}

function toPageDocument(options: PageOptions): PageDocument {
  const { definition, connection, around, aroundKeys, selections, moreOfItem, moreOfPage, more } = options;
  const [field] = connection.chain.slice(-1);
  if (!field) throw new Error('A connection is a field.');
  const items = [...selections.map(print), moreOfItem].join('\n');
  const page = `${toCall(field, true)} { ${moreOfPage} pageInfo { hasNextPage endCursor } nodes { ${items} } }`;
  const body = around.reduceRight((below, call) => `${call} { ${below} }`, page);
  const used = new Set<string>();
  visit(parse(`{ ${body} }`), { Variable: ({ name }) => void used.add(name.value) });
  const definitions = (definition.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  // Descriptions of variables are for people.
  const declared = definitions.map(({ description: _, ...node }) => print(node));
  const text = `query ${definition.name?.value ?? ''}(${[...declared, more].join(', ')}) { ${body} }`;
  return {
    text: print(parse(text)),
    variables: new Set(definitions.map(({ variable }) => variable.name.value)),
    path: [...aroundKeys, keyOf(field)],
    sizeVariable: variableIn(field, 'first'),
    afterVariable: variableIn(field, 'after'),
    columns: columnsOf(selections, connection.itemType),
  };
}

/** The root field that reads one object of a type by its id and nothing else. `Customer` → `customer` */
const readerOf = (type: GraphQLNamedType, queryType: GraphQLObjectType | null | undefined): string | undefined =>
  Object.values(queryType?.getFields() ?? {}).find(
    ({ type: result, args }) => result === type && args.length === 1 && args[0]?.name === 'id',
  )?.name;

const PAGE_VARIABLES = '$_first: Int!, $_after: String';

function outerOf(definition: OperationDefinitionNode, connection: Connection, nested: FieldNode | undefined) {
  const ancestors = connection.chain.slice(0, -1);
  const { selections } = connection;
  return toPageDocument({
    definition,
    connection,
    around: ancestors.map((node) => toCall(node, false)),
    aroundKeys: ancestors.map(keyOf),
    selections: nested ? without(selections, nested) : selections,
    moreOfItem: nested ? '_id: id' : '',
    moreOfPage: 'totalCount @include(if: $_counts)',
    more: `${PAGE_VARIABLES}, $_counts: Boolean!`,
  });
}

function innerOf(definition: OperationDefinitionNode, connection: Connection, reader: string): PageDocument {
  return toPageDocument({
    definition,
    connection,
    around: [`${reader}(id: $_id)`],
    aroundKeys: [reader],
    selections: connection.selections,
    moreOfItem: '',
    moreOfPage: '',
    more: `${PAGE_VARIABLES}, $_id: ID!`,
  });
}

/**
 * How an operation becomes a file: by documents that read its connection page by page. Columns of an outer item begin with the keys that lead
 * to it: `customers.id`. Undefined unless the operation is a query with one connection, which may have one connection in its items.
 */
export function toFilePlan(operation: Source, schema: GraphQLSchema): FilePlan | undefined {
  const definition = inlineFragments(operation);
  const [first, second, third] =
    definition.operation === OperationTypeNode.QUERY ? findConnections(definition, schema) : [];
  const isPlain = ({ isInList, selections }: Connection): boolean => !isInList && selections.length > 0;
  if (!first || third || ![first, second ?? first].every(isPlain)) return undefined;
  const outer = outerOf(definition, first, second?.chain.at(-1));
  const names = outer.columns.map((keys) => keys.join('.'));
  if (!second) return { columns: names, outer, inner: undefined };
  const reader = second.parent === first.itemType ? readerOf(second.parent, schema.getQueryType()) : undefined;
  if (reader === undefined || !first.chain.every((node, at) => node === second.chain[at])) return undefined;
  const inner = innerOf(definition, second, reader);
  const own = inner.columns.map((keys) => keys.join('.'));
  return { columns: [...names.map((column) => [...outer.path, column].join('.')), ...own], outer, inner };
}
