import { stringify } from 'lossless-json';
import { objectWithin } from '../../src/json/json-patterns.js';
import type { Records } from '../../src/lane/records.js';
import { isAnswer, type Answer, type AnswerSource } from '../../src/upstream/answer.js';
import { createTokenReaders } from '../../src/upstream/text/create-token-readers.js';
import { RecordText } from '../../src/upstream/text/record-text.js';

const RECORD = new RegExp(`^${objectWithin(3)}$`);

/** The record as it was before somebody read a property of it. */
function toText(record: Answer): Answer | undefined {
  const text = Buffer.from(stringify(record.from) ?? '').toString('latin1');
  const OfClass = record.constructor as new (from: AnswerSource) => Answer;
  return RECORD.test(text) ? new OfClass(new RecordText(text, 0, text.length)) : undefined;
}

/** The gateway's records, every one of them read as text: `reads` counts how often that could be done. */
export function createTextRecords(): Records & { reads: number } {
  const createTokenReader = createTokenReaders();
  const records = {
    reads: 0,
    isRecord: isAnswer,
    createTokenReader(...wanted: Parameters<Records['createTokenReader']>) {
      const reader = createTokenReader(...wanted);
      if (!reader) return undefined;
      return {
        get places() {
          return reader.places;
        },
        read(record: object) {
          const text = toText(record as Answer);
          const found = text && reader.read(text);
          if (found) records.reads += 1;
          return found;
        },
      };
    },
  };
  return records;
}
