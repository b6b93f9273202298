import fc, { type GeneratorValue } from 'fast-check';
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { oneIn, pick } from './pick.js';
import type { World } from './world.js';

const Exact = new GraphQLScalarType({
  name: 'Exact',
  serialize: (value) => (typeof value === 'bigint' ? value.toString() : Number(value)),
});
/** What JSON has no text for is out of the comparison: there graphql-js leaves it to who writes the answer. */
function textual(value: unknown): unknown {
  if (['function', 'bigint', 'symbol'].includes(typeof value)) throw new TypeError('not JSON');
  return value;
}
const Json = new GraphQLScalarType({ name: 'Json', serialize: textual });
const Fussy = new GraphQLScalarType({
  name: 'Fussy',
  serialize(value) {
    if (typeof value === 'string') throw new TypeError('no strings');
    return value === 0 ? undefined : textual(value);
  },
});
const Kind = new GraphQLEnumType({
  name: 'Kind',
  values: { A: { value: 0 }, B: { value: 'b' }, C: {}, D: { value: 'b' } },
});
const LEAVES = [GraphQLInt, GraphQLFloat, GraphQLString, GraphQLBoolean, GraphQLID, Exact, Json, Fussy, Kind] as const;

const Input: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'Input',
  fields: () => ({
    a: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 7 },
    b: { type: new GraphQLList(GraphQLString) },
    c: { type: Input },
  }),
});
const ARGUMENTS: readonly [GraphQLInputType, ...GraphQLInputType[]] = [
  GraphQLInt,
  GraphQLID,
  new GraphQLNonNull(GraphQLString),
  new GraphQLList(GraphQLInt),
  Kind,
  Input,
];

function wrapped(g: GeneratorValue, type: GraphQLOutputType, depth = 2): GraphQLOutputType {
  const kind = g(fc.nat, { max: 5 });
  if (kind <= 1) return type;
  if (kind <= 3 || depth === 0) return new GraphQLNonNull(type);
  const list = new GraphQLList(wrapped(g, type, depth - 1));
  return kind === 4 ? list : new GraphQLNonNull(list);
}

function argumentsOf(g: GeneratorValue): GraphQLFieldConfigArgumentMap {
  if (!oneIn(g, 4)) return {};
  const types = Array.from({ length: g(fc.integer, { min: 1, max: 2 }) }, () => pick(g, ...ARGUMENTS));
  return Object.fromEntries(
    types.map((type, index) => [
      `x${index}`,
      { type, ...(type === GraphQLInt && g(fc.boolean) && { defaultValue: 3 }) },
    ]),
  );
}

/** A schema of a few types with everything that execution tells apart; its resolvers and types ask the world for values. */
export function generateSchema(g: GeneratorValue, world: World): GraphQLSchema {
  const Named = new GraphQLInterfaceType({
    name: 'Named',
    fields: { name: { type: GraphQLString } },
    ...(g(fc.boolean) && { resolveType: world.resolveType }),
  });
  const objects: GraphQLObjectType[] = Array.from(
    { length: g(fc.integer, { min: 2, max: 4 }) },
    (_, index) =>
      new GraphQLObjectType({
        name: `T${index}`,
        interfaces: [Named],
        fields: () => ({ name: { type: GraphQLString }, ...fields() }),
        ...(oneIn(g, 3) && { isTypeOf: world.isTypeOf }),
      }),
  );
  const Any = new GraphQLUnionType({
    name: 'Any',
    types: objects.slice(0, 2),
    ...(g(fc.boolean) && { resolveType: world.resolveType }),
  });
  const composites = [Named, Any, ...objects] as const;

  function fields(): GraphQLFieldConfigMap<unknown, unknown> {
    const count = g(fc.integer, { min: 2, max: 5 });
    return Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const named =
          g(fc.nat, { max: 2 }) < 2 ? pick<GraphQLOutputType>(g, ...LEAVES) : pick<GraphQLOutputType>(g, ...composites);
        const args = argumentsOf(g);
        const isResolved = Object.keys(args).length > 0 || oneIn(g, 3);
        return [`f${index}`, { type: wrapped(g, named), args, ...(isResolved && { resolve: world.resolve }) }];
      }),
    );
  }
  // A root value is never given, so what is no resolver at the root is undefined.
  const root = (name: string): GraphQLObjectType =>
    new GraphQLObjectType({
      name,
      fields: () => {
        const some = fields();
        return Object.fromEntries(
          Object.entries(some).map(([key, field]) => [
            key,
            { ...field, ...(!oneIn(g, 10) && { resolve: world.resolve }) },
          ]),
        );
      },
    });
  return new GraphQLSchema({ query: root('Query'), mutation: root('Mutation'), types: objects });
}
