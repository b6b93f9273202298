import { objectWithin } from '../../json/json-patterns.js';
import { RECORD_LEVELS, RecordLayout } from './record-layout.js';
import { RecordText } from './record-text.js';

/** Any record that is worth leaving as text. */
const RECORD = new RegExp(objectWithin(RECORD_LEVELS), 'y');

/** An upstream that keeps on writing records that nothing can be learned from is not worth parsing them for it. */
const MAX_LESSONS = 256;

/**
 * Tells records of one kind from what is no JSON. Those whose properties come in an order that was seen before, as nearly all
 * do, it takes half the time for: their names are compared, not looked through.
 */
export class RecordMatcher {
  private readonly layout = new RecordLayout();
  private usual = /(?!)/y;
  private version = 0;
  private lessonsLeft = MAX_LESSONS;

  /** Where the record that begins at `start` ends; -1 where none does. @throws RangeError on one of too many parts */
  endOf(text: string, start: number): number {
    const end = this.endOfUsual(text, start);
    if (end >= 0) return end;
    RECORD.lastIndex = start;
    if (!RECORD.test(text)) return -1;
    const { lastIndex } = RECORD;
    if (this.lessonsLeft > 0) this.learn(new RecordText(text, start, lastIndex));
    return lastIndex;
  }

  private endOfUsual(text: string, start: number): number {
    this.usual.lastIndex = start;
    return this.usual.test(text) ? this.usual.lastIndex : -1;
  }

  private learn(record: RecordText): void {
    this.lessonsLeft -= 1;
    this.layout.learn(record.parse());
    if (this.version === this.layout.version) return;
    this.version = this.layout.version;
    this.usual = this.layout.toRecordPattern();
  }
}
