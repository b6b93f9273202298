import { integer } from '../../json/json-patterns.js';
import { parseJson, parseJsonBytes } from '../../json/parse-json.js';
import type { Source } from '../answer.js';

const BEYOND_ASCII = /[\x80-\xff]/;

const SAFE_DIGITS = 15;
const LEADING_ID = new RegExp(`\\{"id":(${integer(SAFE_DIGITS)})[,}]`, 'y');

/** An object of an answer as the upstream wrote it: a part of the answer's text, which is known to be JSON. */
export class RecordText {
  /** `text` has one character for each byte of its UTF-8. */
  constructor(
    readonly text: string,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The id, where the text begins with it and a number holds it. */
  get leadingId(): number | undefined {
    LEADING_ID.lastIndex = this.start;
    const digits = LEADING_ID.exec(this.text)?.[1];
    return digits === undefined ? undefined : Number(digits);
  }

  parse(): Source {
    const own = this.text.slice(this.start, this.end);
    return (BEYOND_ASCII.test(own) ? parseJsonBytes(Buffer.from(own, 'latin1')) : parseJson(own)) as Source;
  }
}
