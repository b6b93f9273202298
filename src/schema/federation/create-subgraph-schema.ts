import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
} from 'graphql';
import type { RequestContext } from '../shared/request-context.js';
import { Any } from './any.scalar.js';
import { ENTITIES, entityTypeOf, resolveEntities } from './resolve-entities.js';

const Service = new GraphQLObjectType({
  name: '_Service',
  description: 'What this subgraph contributes to a supergraph.',
  fields: { sdl: { type: new GraphQLNonNull(GraphQLString), description: 'The schema, with its directives.' } },
});

function entityTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [...ENTITIES.keys()].map((name) => schema.getType(name)).filter(isObjectType);
}

/**
 * The same schema with federation's two root fields (Apollo Federation, subgraph specification): `_service`, which
 * answers `sdl`, and `_entities`. All other types are the very same objects, so nothing of their execution changes.
 */
export function createSubgraphSchema(schema: GraphQLSchema, sdl: string): GraphQLSchema {
  const query = schema.getQueryType()?.toConfig();
  if (!query) throw new Error('A subgraph needs a Query type.');

  const Entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'All entities that other subgraphs can refer to.',
    types: entityTypes(schema),
    resolveType: entityTypeOf,
  });

  const Query = new GraphQLObjectType<unknown, RequestContext>({
    ...query,
    fields: {
      ...query.fields,
      _service: {
        type: new GraphQLNonNull(Service),
        description: 'For composing a supergraph.',
        resolve: () => ({ sdl }),
      },
      _entities: {
        type: new GraphQLNonNull(new GraphQLList(Entity)),
        description:
          'For routers: the entities that the representations stand for, in their order; null for unknown ones.',
        args: {
          representations: {
            type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))),
            description: 'What to look up.',
          },
        },
        resolve: resolveEntities,
      },
    },
  });
  const others = Object.values(schema.getTypeMap()).filter(({ name }) => name !== Query.name);
  return new GraphQLSchema({ ...schema.toConfig(), query: Query, types: [...others, Query] });
}
