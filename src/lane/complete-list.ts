import { GraphQLError, type GraphQLResolveInfo, type ResponsePath } from 'graphql';
import { PIECE_LENGTH } from '../json/piece-length.js';
import type { Completer } from './completer.js';
import { abandon, isPromise, isText, type Completed } from './completed.js';
import { fail, type Position } from './fail.js';
import { LongText } from './long-text.js';
import type { Run } from './run.js';
import { TextParts } from './text-parts.js';

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  typeof value[Symbol.iterator] === 'function';

/** Completes lists whose items the given completer completes. */
export function createListCompleter(completeItem: Completer, item: Position): Completer {
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
        const completed = executeItem(run, element, { prev: path, key: index, typename: undefined }, info);
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

  function executeItem(run: Run, element: unknown, path: ResponsePath, info: GraphQLResolveInfo): Completed {
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
}
