import {
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLNonNull,
  type GraphQLNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type ResponsePath,
  defaultTypeResolver,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import {
  type Completed,
  LongText,
  type Text,
  TextParts,
  type Written,
  abandon,
  concat,
  flatten,
  isPromise,
  isText,
} from './text.js';
import type { Blueprint, Run } from './blueprint.js';
import { type LeafReader, type LeafTexts, type TokenLeaf, createLeafReader } from './raw-writer.js';
import { toObjectType } from './to-object-type.js';
import { PIECE_LENGTH } from '../json/piece-length.js';
import { createLeafWriter } from './leaf-writer.js';

/**
 * Turns what a resolver gave for a field, or an item of it, into text (GraphQL specification, CompleteValue).
 * @throws on a value that the type rules out, not yet located
 */
type Completer = (run: Run, value: unknown, path: ResponsePath, info: GraphQLResolveInfo) => Completed;

/** A position in the answer, as far as an error at it has to know. */
interface Position {
  readonly fieldNodes: readonly FieldNode[];
  readonly isNullable: boolean;
}

/**
 * Makes a position null for an error: here if it is nullable, else by throwing on to the position above. An error that
 * will not be kept is not located either, because that costs more than all else about it.
 */
export function fail(run: Run, position: Position, path: ResponsePath, raw: unknown): null {
  const toError = () => locatedError(raw, position.fieldNodes, responsePathAsArray(path));
  if (!position.isNullable) throw run.errors.isFull ? raw : toError();
  run.errors.add(path, toError);
  return null;
}

/** One field of an object in the answer. */
export interface FieldPlan {
  /** Its name in the answer, as it stands before the value: `"id":`, with a comma unless it is the first. */
  readonly key: string;
  /** Resolves and completes the field. @throws GraphQLError where the field is non-null and failed */
  readonly execute: (run: Run, source: unknown, parent: ResponsePath | undefined) => Completed;
  /** Where it can be written out of the text of an object. */
  readonly leaf: TokenLeaf | undefined;
}

/**
 * An object's text: all fields are started in turn and awaited together, save those whose texts are known.
 * @throws GraphQLError of a non-null field
 */
export function executeFields(
  run: Run,
  fields: readonly FieldPlan[],
  source: unknown,
  path: ResponsePath | undefined,
  known?: LeafTexts,
): Written | Promise<Written> {
  let text = '{';
  let parts: TextParts | undefined;
  let index = 0;
  try {
    for (const field of fields) {
      const completed = known?.[index] ?? field.execute(run, source, path);
      index += 1;
      if (typeof completed === 'string') text += field.key + completed;
      else if (completed === null) text += `${field.key}null`;
      else {
        (parts ??= new TextParts()).add(text + field.key, completed);
        text = '';
      }
    }
  } catch (error) {
    const rest = parts?.join('');
    if (!(rest instanceof Promise)) throw error;
    // The fields under way are waited for: they may reject as well, and an unhandled rejection ends the process.
    return rest.finally(() => {
      throw error;
    });
  }
  text += '}';
  return parts ? parts.join(text) : flatten(text);
}

/** As `executeFields`, each field once the one before is done: for the root of a mutation. */
export function executeFieldsSerially(run: Run, fields: readonly FieldPlan[]): Written | Promise<Written> {
  if (fields.length === 0) return '{}';
  let text: Written | Promise<Written> = '{';
  fields.forEach((field, index) => {
    // With the last field rather than after it: a microtask more, and an error from below it could come before its own.
    const end = index === fields.length - 1 ? '}' : '';
    text =
      text instanceof Promise ? text.then((before) => append(run, field, before, end)) : append(run, field, text, end);
  });
  return text;
}

function append(run: Run, field: FieldPlan, before: Written, end: string): Written | Promise<Written> {
  const toText = (completed: Text): Written => concat(concat(before, field.key), concat(completed ?? 'null', end));
  const completed = field.execute(run, undefined, undefined);
  return isText(completed) ? toText(completed) : Promise.resolve(completed).then(toText);
}

/** Completes objects of one type by what is selected below the field nodes. */
function createObjectCompleter(
  blueprint: Blueprint,
  type: GraphQLObjectType,
  fieldNodes: readonly FieldNode[],
): Completer {
  let plan: readonly FieldPlan[] | undefined;
  let readLeaves: LeafReader | undefined;
  const execute: Completer = (run, value, path) => {
    // Not before it is needed: fragments that each spread the next one twice would grow a plan beyond all bounds.
    if (!plan) {
      plan = blueprint.planBelow(type, fieldNodes);
      readLeaves = createLeafReader(blueprint.records, plan);
    }
    const known = readLeaves?.(value);
    return typeof known === 'string' ? flatten(known) : executeFields(run, plan, value, path, known);
  };
  if (!type.isTypeOf) return execute;

  const executeIf = (isOfType: unknown, ...of: Parameters<Completer>): Completed => {
    if (isOfType) return execute(...of);
    throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(of[1])}.`, { nodes: fieldNodes });
  };
  return (run, value, path, info) => {
    const isOfType: unknown = type.isTypeOf?.(value, run.contextValue, info);
    return isPromise(isOfType)
      ? isOfType.then((resolved) => executeIf(resolved, run, value, path, info))
      : executeIf(isOfType, run, value, path, info);
  };
}

/** Completes objects of a union or an interface, each by what is compiled for the type it turns out to be of. */
function createAbstractCompleter(
  { schema }: Blueprint,
  type: GraphQLAbstractType,
  fieldNodes: readonly FieldNode[],
  compile: (type: GraphQLObjectType) => Completer,
): Completer {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const completers = new Map<GraphQLObjectType, Completer>();
  const completeAs = (name: unknown, ...of: Parameters<Completer>): Completed => {
    const [, value, , info] = of;
    const objectType = toObjectType(name, { schema, type, fieldNodes, value, info });
    const known = completers.get(objectType);
    if (known) return known(...of);
    const completer = compile(objectType);
    completers.set(objectType, completer);
    return completer(...of);
  };
  return (run, value, path, info) => {
    const name: unknown = resolveType(value, run.contextValue, info, type);
    return isPromise(name)
      ? name.then((resolved) => completeAs(resolved, run, value, path, info))
      : completeAs(name, run, value, path, info);
  };
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function';

function executeItem(
  run: Run,
  element: unknown,
  path: ResponsePath,
  info: GraphQLResolveInfo,
  completeItem: Completer,
  item: Position,
): Completed {
  try {
    const completed = isPromise(element)
      ? (element.then((resolved) => completeItem(run, resolved, path, info)) as Completed)
      : completeItem(run, element, path, info);
    if (isText(completed)) return completed;
    return completed.then(undefined, (error: unknown) => fail(run, item, path, error));
  } catch (error) {
    return fail(run, item, path, error);
  }
}

/** Completes lists whose items the given completer completes. */
function createListCompleter(completeItem: Completer, item: Position): Completer {
  return (run, value, path, info) => {
    if (!isIterable(value)) {
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${info.parentType.name}.${info.fieldName}".`,
      );
    }
    let text = '[';
    let parts: TextParts | undefined;
    let index = 0;
    try {
      for (const element of value) {
        const itemPath = { prev: path, key: index, typename: undefined };
        const completed = executeItem(run, element, itemPath, info, completeItem, item);
        if (index > 0) text += ',';
        if (typeof completed === 'string') text += completed;
        else if (completed === null) text += 'null';
        else {
          (parts ??= new TextParts()).add(text, completed);
          text = '';
        }
        if (text.length >= PIECE_LENGTH) {
          (parts ??= new TextParts()).add('', new LongText().add(text));
          text = '';
        }
        index += 1;
      }
    } catch (error) {
      parts?.abandon();
      if (Array.isArray(value)) value.slice(index).forEach(abandon);
      throw error;
    }
    text += ']';
    return parts ? parts.joinAtOnce(text) : text;
  };
}

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
    return createListCompleter(compileValue(blueprint, type.ofType, fieldNodes), item);
  }
  if (isLeafType(type)) {
    const write = createLeafWriter(type);
    return (_run, value) => write(value);
  }
  const compileObject = (objectType: GraphQLObjectType): Completer =>
    createObjectCompleter(blueprint, objectType, fieldNodes);
  return isAbstractType(type)
    ? createAbstractCompleter(blueprint, type, fieldNodes, compileObject)
    : compileObject(type);
}
