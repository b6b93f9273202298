import { isTypeDefinitionNode, parse, type ASTNode, type DefinitionNode } from 'graphql';

/** Schema coordinate (a type, `Type.member` or `Type.field(argument:)`) → directives as they stand in SDL. */
export type DirectiveTable = Readonly<Record<string, string>>;

interface Place {
  coordinate: string;
  /** Where directives may follow, as an index into the text. */
  at: number;
}

const endOf = (nodes: readonly ASTNode[]): number => Math.max(...nodes.map((node) => node.loc?.end ?? 0));

function* placesOf(definition: DefinitionNode): Generator<Place> {
  if (!isTypeDefinitionNode(definition)) return;
  const type = definition.name.value;
  const interfaces = 'interfaces' in definition ? (definition.interfaces ?? []) : [];
  yield { coordinate: type, at: endOf([definition.name, ...interfaces, ...(definition.directives ?? [])]) };
  const members = 'fields' in definition ? definition.fields : 'values' in definition ? definition.values : [];
  for (const member of members) {
    const coordinate = `${type}.${member.name.value}`;
    yield { coordinate, at: endOf([member]) };
    for (const argument of ('arguments' in member ? member.arguments : undefined) ?? []) {
      yield { coordinate: `${coordinate}(${argument.name.value}:)`, at: endOf([argument]) };
    }
  }
}

/**
 * Writes directives into an SDL text, which type-graphql can't for every place, and changes nothing else of it.
 * @throws Error on a coordinate that the text lacks
 */
export function placeDirectives(sdl: string, directives: DirectiveTable): string {
  const places = new Map<string, number>();
  for (const definition of parse(sdl).definitions) {
    for (const { coordinate, at } of placesOf(definition)) places.set(coordinate, at);
  }
  const insertions = Object.entries(directives).map(([coordinate, text]) => {
    const at = places.get(coordinate);
    if (at === undefined) throw new Error(`There is no ${coordinate} in the schema to put ${text} on.`);
    return { at, text };
  });
  // From the end, so that what is still to come stays in its place.
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((text, insertion) => `${text.slice(0, insertion.at)} ${insertion.text}${text.slice(insertion.at)}`, sdl);
}
