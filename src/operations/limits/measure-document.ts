import { Kind, type DocumentNode, type SelectionNode, type SelectionSetNode } from 'graphql';

/** The size of a document, as far as its text tells. Depth, selections and root fields are the largest operation's. */
export interface DocumentMeasure {
  /** Fields above each other, fragments expanded; the introspection of the schema counts as one. */
  depth: number;
  /** Fields, spreads and inline fragments, with every spread fragment counted wherever it is spread. */
  selections: number;
  rootFields: number;
  /** Over the whole document, as written. */
  aliases: number;
  directives: number;
  /** Fields whose name in the answer another one of the same selection set has: validation compares each with each. */
  repeatedFields: number;
  operations: number;
}

interface Spread {
  fragment: string;
  /** Fields above the spread. */
  depth: number;
  isIntrospection: boolean;
}

interface Extent {
  depth: number;
  selections: number;
  rootFields: number;
}

/** A definition without what its spreads add. */
interface Part extends Extent {
  spreads: Spread[];
  aliases: number;
  directives: number;
  repeatedFields: number;
}

/** graphql-js bounds the nesting of these by a rule of its own, and every tool's introspection is deep. */
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

/** What stands in a pile to be visited: a selection set, with the fields above it. */
interface Place {
  set: SelectionSetNode;
  above: number;
  isIntrospection: boolean;
  /** In the answer, of the fields seen here so far; inline fragments share those of the set they stand in. */
  names: Set<string>;
}

/** Counts a selection into its part, and piles up what is below it. */
function visit(node: SelectionNode, { above, isIntrospection, names }: Place, part: Part, pile: Place[]): void {
  part.selections += 1;
  part.directives += node.directives?.length ?? 0;
  if (node.kind === Kind.FRAGMENT_SPREAD) {
    part.spreads.push({ fragment: node.name.value, depth: above, isIntrospection });
  } else if (node.kind === Kind.INLINE_FRAGMENT) {
    pile.push({ set: node.selectionSet, above, isIntrospection, names });
  } else {
    const depth = isIntrospection ? above : above + 1;
    const name = node.alias?.value ?? node.name.value;
    if (names.has(name)) part.repeatedFields += 1;
    names.add(name);
    if (node.alias) part.aliases += 1;
    if (above === 0) part.rootFields += 1;
    part.depth = Math.max(part.depth, depth);
    if (node.selectionSet) {
      pile.push({
        set: node.selectionSet,
        above: depth,
        isIntrospection: isIntrospection || INTROSPECTION.has(node.name.value),
        names: new Set(),
      });
    }
  }
}

function measurePart(root: SelectionSetNode, directivesOutside: number): Part {
  const part: Part = {
    depth: 0,
    selections: 0,
    rootFields: 0,
    aliases: 0,
    directives: directivesOutside,
    repeatedFields: 0,
    spreads: [],
  };
  const pile: Place[] = [{ set: root, above: 0, isIntrospection: false, names: new Set() }];
  for (let place = pile.pop(); place; place = pile.pop()) {
    for (const node of place.set.selections) visit(node, place, part, pile);
  }
  return part;
}

function expand(part: Part, fragments: ReadonlyMap<string, Extent>): Extent {
  const extent: Extent = { depth: part.depth, selections: part.selections, rootFields: part.rootFields };
  for (const { fragment, depth, isIntrospection } of part.spreads) {
    const added = fragments.get(fragment);
    if (!added) continue;
    if (!isIntrospection) extent.depth = Math.max(extent.depth, depth + added.depth);
    extent.selections += added.selections;
    if (depth === 0) extent.rootFields += added.rootFields;
  }
  return extent;
}

/** Every fragment's extent, each worked out once. A spread that closes a cycle adds nothing: validation refuses it. */
function expandFragments(parts: ReadonlyMap<string, Part>): ReadonlyMap<string, Extent> {
  const extents = new Map<string, Extent>();
  const open = new Set<string>();
  const pile = [...parts.keys()];
  for (let name = pile.at(-1); name !== undefined; name = pile.at(-1)) {
    const part = parts.get(name);
    const isOpen = open.has(name);
    if (!part || extents.has(name)) {
      pile.pop();
    } else if (isOpen) {
      extents.set(name, expand(part, extents));
      pile.pop();
    } else {
      open.add(name);
      for (const { fragment } of part.spreads) if (!open.has(fragment)) pile.push(fragment);
    }
  }
  return extents;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const largest = (numbers: readonly number[]): number => numbers.reduce((most, number) => Math.max(most, number), 0);

/** Measures a parsed document in time proportional to its text, whatever its fragments expand to. */
export function measureDocument(document: DocumentNode): DocumentMeasure {
  const operations: Part[] = [];
  const fragments = new Map<string, Part>();
  for (const definition of document.definitions) {
    const directives = definition.directives?.length ?? 0;
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const ofVariables = sum(
        (definition.variableDefinitions ?? []).map((variable) => variable.directives?.length ?? 0),
      );
      operations.push(measurePart(definition.selectionSet, directives + ofVariables));
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, measurePart(definition.selectionSet, directives));
    }
  }

  const extents = expandFragments(fragments);
  const parts = [...operations, ...fragments.values()];
  const spread = new Set(parts.flatMap(({ spreads }) => spreads.map(({ fragment }) => fragment)));
  // Validation walks through fragments that nothing spreads too.
  const idle = [...extents].flatMap(([name, extent]) => (spread.has(name) ? [] : [extent]));
  const expanded = [...operations.map((part) => expand(part, extents)), ...idle];
  return {
    depth: largest(expanded.map(({ depth }) => depth)),
    selections: largest(expanded.map(({ selections }) => selections)),
    rootFields: largest(expanded.slice(0, operations.length).map(({ rootFields }) => rootFields)),
    aliases: sum(parts.map(({ aliases }) => aliases)),
    directives: sum(parts.map(({ directives }) => directives)),
    repeatedFields: sum(parts.map(({ repeatedFields }) => repeatedFields)),
    operations: operations.length,
  };
}
