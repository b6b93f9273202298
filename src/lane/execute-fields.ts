import type { ResponsePath } from 'graphql';
import { isText, type Completed, type Text } from './completed.js';
import type { Run } from './run.js';
import { flatten } from './flatten.js';
import { concat, type Written } from './long-text.js';
import type { LeafTexts, TokenLeaf } from './token-leaves.js';
import { TextParts } from './text-parts.js';

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
    // The fields under way are waited for: they may reject as well, and somebody has to listen.
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
