import { LongText, type Written } from './long-text.js';

/** JSON of a value in the answer, as byte text; null stands for JSON's null, so that a non-null field can tell. */
export type Text = Written | null;

/** A completed value, or the promise of one where something below has to be awaited. */
export type Completed = Text | PromiseLike<Text>;

export const isText = (completed: Completed): completed is Text =>
  typeof completed === 'string' || completed === null || completed instanceof LongText;

/** Tells a promise as graphql-js does: by its `then`. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Leaves a value alone that may be a promise: its rejection is nobody's concern any more and must not end the process. */
export function abandon(value: unknown): void {
  if (isPromise(value)) Promise.resolve(value).catch(() => undefined);
}
