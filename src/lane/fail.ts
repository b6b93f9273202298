import { locatedError, responsePathAsArray, type FieldNode, type ResponsePath } from 'graphql';
import type { Run } from './run.js';

/** A position in the answer, as far as an error at it has to know. */
export interface Position {
  readonly fieldNodes: readonly FieldNode[];
  readonly isNullable: boolean;
}

/** Makes a position null for an error: here where it is nullable, else by throwing on to the position above. */
export function fail(run: Run, position: Position, path: ResponsePath, raw: unknown): null {
  const error = locatedError(raw, position.fieldNodes, responsePathAsArray(path));
  if (!position.isNullable) throw error;
  run.errors.add(error, path);
  return null;
}
