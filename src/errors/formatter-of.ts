import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Formats any error as an operation's are. */
export function formatterOf(
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
): (error: unknown) => GraphQLFormattedError {
  return (error) => {
    const known =
      error instanceof GraphQLError
        ? error
        : new GraphQLError('', { originalError: error instanceof Error ? error : undefined });
    const code = known.extensions['code'] ?? 'INTERNAL_SERVER_ERROR';
    return formatError({ ...known.toJSON(), extensions: { ...known.extensions, code } }, known);
  };
}
