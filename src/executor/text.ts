import { PIECE_LENGTH } from '../json/piece-length.js';

/**
 * UTF-8 as a string with one character for each byte. Texts that are ASCII, as nearly all of an answer is, are the same in
 * both, and what is put together of such strings becomes bytes by copying.
 */
export function toByteText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Whatever is not printable ASCII, and what JSON has to escape of that: quotes and backslashes. */
const UNUSUAL = /[^ !#-[\]-~]/;

/** The text that JSON.stringify gives for a string, as byte text; faster for ASCII with nothing to escape. */
export function quote(value: string): string {
  return UNUSUAL.test(value) ? toByteText(JSON.stringify(value)) : `"${value}"`;
}

/**
 * The same text in one piece. V8 keeps a text that was added up as a tree of its parts, which the garbage collector has to
 * carry along part by part as long as the whole answer grows; to read a character, V8 puts it together. A long text is left
 * in its parts, which have been put together before.
 */
export function flatten(text: string): string {
  if (text.length >= PIECE_LENGTH) return text;
  // No JSON begins with NUL: without a use of the character, V8 would not read it.
  return text.charCodeAt(0) === 0 ? '' : text;
}

/** JSON as byte text (`byte-text.ts`), which is never put together where it is long. */
export type Written = string | LongText;

/** A text in parts, one after the other. */
export class LongText {
  private readonly parts: string[] = [];

  /** Of bytes, too: each character is one. */
  get length(): number {
    return this.parts.reduce((sum, { length }) => sum + length, 0);
  }

  add(text: Written): this {
    if (typeof text === 'string') this.parts.push(text);
    else for (const part of text.parts) this.parts.push(part);
    return this;
  }

  toBytes(): Buffer {
    const bytes = Buffer.allocUnsafe(this.length);
    let at = 0;
    for (const part of this.parts) at += bytes.write(part, at, 'latin1');
    return bytes;
  }

  toString(): string {
    return this.parts.join('');
  }
}

export function concat(before: Written, text: Written): Written {
  return typeof before === 'string' && typeof text === 'string' ? before + text : new LongText().add(before).add(text);
}

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

/** A text with gaps that promises are to fill, or one with parts that are too long to be put together. */
export class TextParts {
  readonly #texts: Written[] = [];
  readonly #promises: PromiseLike<Text>[] = [];
  /** Since the last gap. */
  #long: LongText | undefined;

  /** Adds a text, and what follows it or the promise of that. */
  add(before: string, next: LongText | PromiseLike<Text>): void {
    if (next instanceof LongText) {
      this.#long = (this.#long ?? new LongText()).add(before).add(next);
      return;
    }
    this.#texts.push(this.#long?.add(before) ?? before);
    this.#long = undefined;
    this.#promises.push(next);
  }

  /** The whole text, once every gap is filled where there are some; rejects with the first rejection. */
  join(end: string): Written | Promise<Written> {
    const rest = this.#long?.add(end) ?? end;
    if (this.#promises.length === 0) return rest;
    return Promise.all(this.#promises).then((values) => this.#fill(values, rest));
  }

  /** As `join`, one microtask earlier: where graphql-js hands on the values of Promise.all as they are. */
  joinAtOnce(end: string): Written | Promise<Written> {
    const rest = this.#long?.add(end) ?? end;
    let left = this.#promises.length;
    if (left === 0) return rest;
    return new Promise((resolve, reject) => {
      const values: Text[] = new Array<Text>(left);
      this.#promises.forEach((promise, index) => {
        Promise.resolve(promise).then((value) => {
          values[index] = value;
          left -= 1;
          if (left === 0) resolve(this.#fill(values, rest));
        }, reject);
      });
    });
  }

  /** Leaves the gaps alone: nobody will fill them. */
  abandon(): void {
    this.#promises.forEach(abandon);
  }

  #fill(values: readonly Text[], rest: Written): Written {
    let text = '';
    let long: LongText | undefined;
    for (let index = 0; index < values.length; index += 1) {
      const filled = concat(this.#texts[index] ?? '', values[index] ?? 'null');
      if (typeof filled === 'string' && text.length + filled.length < PIECE_LENGTH) {
        text += filled;
        continue;
      }
      long = (long ?? new LongText()).add(text).add(filled);
      text = '';
    }
    return concat(long ? long.add(text) : text, rest);
  }
}
