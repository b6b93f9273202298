import { abandon, type Text } from './completed.js';

/** A text with gaps that promises are to fill. */
export class TextParts {
  readonly #texts: string[] = [];
  readonly #promises: PromiseLike<Text>[] = [];

  /** Adds the text before a gap, and the promise of what fills it. */
  add(before: string, gap: PromiseLike<Text>): void {
    this.#texts.push(before);
    this.#promises.push(gap);
  }

  /** The whole text once every gap is filled; rejects with the first rejection. */
  join(end: string): Promise<string> {
    return Promise.all(this.#promises).then((values) => this.#fill(values, end));
  }

  /** As `join`, one microtask earlier: where graphql-js hands on the values of Promise.all as they are. */
  joinAtOnce(end: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const values: Text[] = new Array<Text>(this.#promises.length);
      let left = values.length;
      this.#promises.forEach((promise, index) => {
        Promise.resolve(promise).then((value) => {
          values[index] = value;
          left -= 1;
          if (left === 0) resolve(this.#fill(values, end));
        }, reject);
      });
    });
  }

  /** Leaves the gaps alone: nobody will fill them. */
  abandon(): void {
    this.#promises.forEach(abandon);
  }

  #fill(values: readonly Text[], end: string): string {
    let text = '';
    for (let index = 0; index < values.length; index += 1) {
      text += `${this.#texts[index] ?? ''}${values[index] ?? 'null'}`;
    }
    return text + end;
  }
}
