import { parseJson } from '../../json/parse-json.js';
import type { Source } from '../answer.js';

const BEYOND_ASCII = /[\x80-\xff]/;

/** An object of an answer as the upstream wrote it: a part of the answer's text, which is known to be JSON. */
export class RecordText {
  /** `text` has one character for each byte of its UTF-8. */
  constructor(
    readonly text: string,
    readonly start: number,
    readonly end: number,
  ) {}

  parse(): Source {
    const own = this.text.slice(this.start, this.end);
    return parseJson(BEYOND_ASCII.test(own) ? Buffer.from(own, 'latin1').toString('utf8') : own) as Source;
  }
}
