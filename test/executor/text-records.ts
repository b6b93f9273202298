import { stringify } from 'lossless-json';
import type { Records } from '../../src/executor/raw-writer.js';
import { isAnswer, type Answer, type AnswerSource } from '../../src/records/answer.js';
import { nameInDocument } from '../../src/records/shape-of.js';
import { copiedProperties } from '../../src/records/text/record-outline.js';
import { createTokenReader } from '../../src/records/raw-reader.js';
import { RecordMatcher } from '../../src/records/text/record-matcher.js';

/** The gateway's records, every one of them read as text: `reads` counts how often that could be done. */
export function createTextRecords(): Records & { reads: number } {
  const matchers = new Map<string, RecordMatcher>();

  function matcherOf(shapeName: string): RecordMatcher {
    const matcher = matchers.get(shapeName) ?? new RecordMatcher(copiedProperties(nameInDocument(shapeName)));
    matchers.set(shapeName, matcher);
    return matcher;
  }

  /** The record as it was before one of its properties was read; undefined if it cannot stay text. */
  function toText(record: Answer): Answer | undefined {
    const text = Buffer.from(stringify(record.from) ?? '').toString('latin1');
    const matcher = matcherOf(record.shapeName);
    // The first time may be the first of its kind, which teaches the matcher.
    matcher.read(text, 0);
    const own = matcher.read(text, 0);
    const OfClass = record.constructor as new (from: AnswerSource) => Answer;
    return own?.end === text.length ? new OfClass(own) : undefined;
  }

  const records = {
    reads: 0,
    isRecord: isAnswer,
    createTokenReader(...wanted: Parameters<Records['createTokenReader']>) {
      const reader = createTokenReader(...wanted);
      return (
        reader && {
          read(record: object) {
            const text = toText(record as Answer);
            const found = text && reader.read(text);
            if (found) records.reads += 1;
            return found;
          },
        }
      );
    },
  };
  return records;
}
