import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type FieldNode,
  type GraphQLNonNull,
  type GraphQLNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { Blueprint } from './blueprint.js';
import { createListCompleter } from './complete-list.js';
import { createAbstractCompleter, createObjectCompleter } from './complete-object.js';
import type { Completer } from './completer.js';
import { createLeafWriter } from './leaf-writer.js';
import type { Written } from './long-text.js';
import { createOutermostWriter, type OutermostWriter } from './plain-writer.js';

/** Compiles the completion of values of a type, for the field that the nodes stand for. */
export function compileValue(
  blueprint: Blueprint,
  type: GraphQLOutputType,
  fieldNodes: readonly FieldNode[],
): Completer {
  if (isNonNullType(type)) {
    const complete = compileValue(blueprint, type.ofType, fieldNodes);
    return (run, value, path, info) => {
      const completed = complete(run, value, path, info);
      if (completed !== null) return completed;
      throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
    };
  }
  const complete = compilePresent(blueprint, type, fieldNodes);
  return (run, value, path, info) => {
    if (value instanceof Error) throw value;
    return value == null ? null : complete(run, value, path, info);
  };
}

function compilePresent(
  blueprint: Blueprint,
  type: Exclude<GraphQLOutputType, GraphQLNonNull<GraphQLNullableType>>,
  fieldNodes: readonly FieldNode[],
): Completer {
  if (isListType(type)) {
    const item = { fieldNodes, isNullable: !isNonNullType(type.ofType) };
    const complete = createListCompleter(compileValue(blueprint, type.ofType, fieldNodes), item);
    return plainlyFirst(blueprint, type, fieldNodes, complete);
  }
  if (isLeafType(type)) {
    const write = createLeafWriter(type);
    return (_run, value) => write(value);
  }
  const compileObject = (objectType: GraphQLObjectType): Completer =>
    plainlyFirst(blueprint, objectType, fieldNodes, createObjectCompleter(blueprint, objectType, fieldNodes));
  return isAbstractType(type)
    ? createAbstractCompleter(blueprint, type, fieldNodes, compileObject)
    : compileObject(type);
}

const NOT_PLAIN: OutermostWriter = () => undefined;

/** Completes what can be written in one go, and leaves all else to the completer. */
function plainlyFirst(
  blueprint: Blueprint,
  type: GraphQLOutputType,
  fieldNodes: readonly FieldNode[],
  complete: Completer,
): Completer {
  let write: OutermostWriter | undefined;
  return (run, value, path, info) => {
    // Not before it is needed, as the plan of an object's fields.
    write ??= createOutermostWriter(blueprint, type, fieldNodes) ?? NOT_PLAIN;
    let text: Written | undefined;
    try {
      text = write(value);
    } catch {
      // The completer comes upon it again, and knows its path.
    }
    return text ?? complete(run, value, path, info);
  };
}
