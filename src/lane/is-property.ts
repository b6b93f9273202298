import { defaultFieldResolver, type GraphQLField } from 'graphql';

/** Whether a field is a property of its object: it has no arguments, and no resolver of its own. */
export const isProperty = ({ args, resolve }: GraphQLField<unknown, unknown>): boolean =>
  args.length === 0 && (resolve ?? defaultFieldResolver) === defaultFieldResolver;
