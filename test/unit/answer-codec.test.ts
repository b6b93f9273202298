import fc from 'fast-check';
import { JSON_CODEC } from '../../src/json/json-codec.js';
import { ANSWER_CODEC } from '../../src/upstream/answer-codec.js';
import type { Answer } from '../../src/upstream/answer.js';
import { decode } from '../../src/upstream/decode.js';
import { shapes } from '../../src/upstream/generated/shapes.js';
import { arbitraryAnswer } from '../support/arbitrary-answer.js';
import { readAnswer } from '../support/read-answer.js';

const NAMES = Object.keys(shapes) as (keyof typeof shapes)[];
const again = (value: unknown): unknown => ANSWER_CODEC.decode(ANSWER_CODEC.encode(value));
/** Answers come out of JSON, so they hold nothing that it does not. */
const parsed = (name: keyof typeof shapes): fc.Arbitrary<object> =>
  arbitraryAnswer(name).map((from) => JSON_CODEC.decode(JSON_CODEC.encode(from)) as object);

describe('answers as text', () => {
  it.each(NAMES)('are of the same class when they are made again, and read as before: %s', (name) => {
    fc.assert(
      fc.property(parsed(name), (from) => {
        const answer: Answer = decode(name, from);
        const made = again(answer) as Answer;
        expect(made).toBeInstanceOf(answer.constructor);
        expect(readAnswer(made)).toEqual(readAnswer(answer));
      }),
      { numRuns: 30 },
    );
  });

  it('know whether attributes were asked for', () => {
    const customer = again(decode('CustomerWithoutAttributes', { id: 5 })) as { customerAttributes: unknown };
    expect(customer.customerAttributes).toBeUndefined();
    expect(again(decode('Customer', { id: 5 }))).toHaveProperty('customerAttributes', null);
  });

  it('are made again inside of pages, and as absences', () => {
    fc.assert(
      fc.property(fc.array(parsed('Customer'), { maxLength: 3 }), (sources) => {
        const items = sources.map((from) => decode('Customer', from));
        const page = { offset: 3, items, total: 9007199254740993n };
        const made = again(page) as typeof page;
        expect({ ...made, items: made.items.map(readAnswer) }).toEqual({ ...page, items: items.map(readAnswer) });
      }),
    );
    expect(again(null)).toBeNull();
  });

  it('are not made of what an answer holds, whatever that looks like', () => {
    const from = { value: ['answer', 'Customer', { id: 1 }], key: 'a' };
    expect((again(decode('KeyValueEntry', from)) as Answer).from).toEqual(from);
  });

  it.each(['["other"]', '["answer","Nothing",{}]', '["answer","Customer",5]', '["record",null]', 'x'])(
    'are refused as %s',
    (text) => {
      expect(() => ANSWER_CODEC.decode(text)).toThrow();
    },
  );
});
