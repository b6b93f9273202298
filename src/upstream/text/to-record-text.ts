import type { RecordMatcher } from './record-matcher.js';
import { RecordText } from './record-text.js';

/** An answer that is one record, without making values of it; undefined where it has to be parsed. As `splitList`. */
export function toRecordText(bytes: Buffer, matcher: RecordMatcher): RecordText | undefined {
  const text = bytes.toString('latin1');
  try {
    return matcher.endOf(text, 0) === text.length ? new RecordText(text, 0, text.length) : undefined;
  } catch {
    // Of more parts than a regular expression can keep count of.
    return undefined;
  }
}
