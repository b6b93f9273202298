import { PIECE_LENGTH } from '../json/piece-length.js';
import { abandon, type Text } from './completed.js';
import { concat, LongText, type Written } from './long-text.js';

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
