import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { preferProperty } from '../executor/raw-writer.js';

type Metadata = ReturnType<typeof getMetadataStorage>;
type Resolver = Metadata['queries'][number] | Metadata['fieldResolvers'][number];
type Resolve = GraphQLFieldResolver<unknown, unknown>;
type Parameter = NonNullable<Resolver['params']>[number];
type ReadParameter = (root: unknown, args: Record<string, unknown>, context: unknown, info: unknown) => unknown;

/** Undefined for what only type-graphql knows how to come by. */
function toReader(parameter: Parameter): ReadParameter | undefined {
  switch (parameter.kind) {
    case 'args':
      return (_root, args) => args;
    case 'arg':
      return (_root, args) => args[parameter.name];
    case 'root':
      return parameter.propertyName === undefined ? (root) => root : undefined;
    case 'context':
      return parameter.propertyName === undefined ? (_root, _args, context) => context : undefined;
    case 'info':
      return (_root, _args, _context, info) => info;
    default:
      return undefined;
  }
}

function toResolve(metadata: Resolver, instance: object): Resolve | undefined {
  const parameters = [...(metadata.params ?? [])].sort((one, other) => one.index - other.index);
  const readers = parameters.map(toReader).filter((reader) => reader !== undefined);
  const method = Reflect.get(instance, metadata.methodName) as unknown;
  const isPlain = readers.length === parameters.length && !metadata.roles && !metadata.middlewares?.length;
  if (!isPlain || typeof method !== 'function') return undefined;
  return (root, args: Record<string, unknown>, context, info) => {
    const values = readers.map((read) => read(root, args, context, info));
    return Reflect.apply(method, instance, values) as unknown;
  };
}

/**
 * Lets queries and resolvers of fields be called with the arguments as graphql-js has coerced them. type-graphql would
 * make instances of their classes first, awaiting each, which serves validation that is off here and costs a resolver
 * eight promises. Whatever is more than a plain method stays as it is.
 */
export function callDirectly(schema: GraphQLSchema): void {
  const { queries, fieldResolvers, objectTypes } = getMetadataStorage();
  const instances = new Map<unknown, object>();

  function replace(typeName: string | undefined, metadata: Resolver): void {
    const type = schema.getType(typeName ?? '');
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    if (!field) return;
    const Resolver = metadata.target as new () => object;
    const instance = instances.get(Resolver) ?? new Resolver();
    instances.set(Resolver, instance);
    const resolve = toResolve(metadata, instance);
    if (resolve) field.resolve = field.extensions['prefersProperty'] === true ? preferProperty(resolve) : resolve;
  }

  for (const query of queries) replace('Query', query);
  for (const resolver of fieldResolvers.filter(({ kind }) => kind === 'external')) {
    const target = resolver.getObjectType?.();
    replace(objectTypes.find((type) => type.target === target)?.name, resolver);
  }
}
