import { hash } from 'node:crypto';
import type { ValueCodec } from '../json/value-codec.js';
import { JSON_CODEC } from '../json/json-codec.js';
import { parseJsonBytes } from '../json/parse-json.js';
import { Answer } from './answer.js';
import { decode, type ShapeName } from './decode.js';
import { shapes } from './generated/shapes.js';
import type { RecordTexts } from './text/record-matcher.js';
import type { UnverifiedValues } from './unverified-values.js';

const ANSWER = 'answer';
const LIST = 'list';
const RECORD = 'record';

/** Arrays say in their first item what they stand for, so nothing that an answer holds can pass for one. */
function toTagged(value: unknown, texts: string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Answer) {
    const text = value.text?.own ?? Buffer.from(JSON_CODEC.encode(value.from)).toString('latin1');
    texts.push(text);
    return [ANSWER, value.shapeName, text.length];
  }
  if (Array.isArray(value)) return [LIST, ...value.map((item) => toTagged(item, texts))];
  return [RECORD, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toTagged(part, texts)]))];
}

/**
 * Writes what is made of answers as text, and makes it again: the first line says of which classes they are and how long, and
 * their own texts follow as the upstream wrote them. What comes back is text until it is read, and is checked then, as any
 * answer is.
 */
export function createAnswerCodec(recordTexts: RecordTexts, unverified?: UnverifiedValues): ValueCodec {
  function toAnswer(shape: ShapeName, place: { text: string; start: number; end: number }): Answer {
    const record = recordTexts.recordBetween(shape, place);
    const { text, start, end } = place;
    return decode(shape, record ?? parseJsonBytes(Buffer.from(text.slice(start, end), 'latin1')), unverified);
  }

  return {
    /** Gateways that were built for other answers have another one, as while replicas are renewed one after the other. */
    format: hash('sha256', JSON.stringify(shapes), 'base64url').slice(0, 8),
    encode(value) {
      const texts: string[] = [];
      const head = JSON_CODEC.encode(toTagged(value, texts));
      return [head, '\n', ...texts].join('');
    },
    decode(text) {
      const headEnd = text.indexOf('\n');
      let start = headEnd + 1;

      function fromTagged(tagged: unknown): unknown {
        if (!Array.isArray(tagged)) return tagged;
        const [tag, first, second] = tagged as [unknown, unknown, unknown];
        if (tag === ANSWER) {
          const end = start + Number(second);
          const answer = toAnswer(first as ShapeName, { text, start, end });
          start = end;
          return answer;
        }
        if (tag === LIST) return tagged.slice(1).map(fromTagged);
        if (tag !== RECORD) throw new TypeError('not a value that was written here');
        return Object.fromEntries(Object.entries(first as object).map(([name, part]) => [name, fromTagged(part)]));
      }

      return fromTagged(JSON_CODEC.decode(text.slice(0, Math.max(0, headEnd))));
    },
  };
}
