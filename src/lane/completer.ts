import type { GraphQLResolveInfo, ResponsePath } from 'graphql';
import type { Completed } from './completed.js';
import type { Run } from './run.js';

/**
 * Turns what a resolver gave for a field, or an item of it, into text (GraphQL specification, CompleteValue).
 * @throws on a value that the type rules out, not yet located
 */
export type Completer = (run: Run, value: unknown, path: ResponsePath, info: GraphQLResolveInfo) => Completed;
