import fc from 'fast-check';
import { JSON_CODEC } from '../../src/json/json-codec.js';
import { createAnswerCodec } from '../../src/records/answer-codec.js';
import type { Answer } from '../../src/records/answer.js';
import { decode } from '../../src/records/decode.js';
import { shapes } from '../../src/records/generated/shapes.js';
import { createRecordTexts } from '../../src/records/text/record-matcher.js';
import { arbitraryAnswer } from '../support/arbitrary-answer.js';
import { readAnswer } from '../support/read-answer.js';
import { runs } from '../support/runs.js';

const NAMES = Object.keys(shapes) as (keyof typeof shapes)[];
const codec = createAnswerCodec(createRecordTexts());
const again = (value: unknown): unknown => codec.decode(codec.encode(value));
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
      { numRuns: runs(20) },
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

  it('stay text, byte for byte, if they were text', () => {
    const given = '{"id":5,"companyName":"Zür\\u0069ch 東京","userMax":9007199254740993,"customerContractType":"pay"}';
    const texts = createRecordTexts();
    const { encode, decode: decodeText } = createAnswerCodec(texts);
    const read = (): Answer => decode('Customer', texts.read('Customer', Buffer.from(given), Infinity));
    // The first one teaches how such records are written.
    read();
    const [made] = (decodeText(encode({ items: [read(), read()] })) as { items: Answer[] }).items;
    expect(Buffer.from(made?.text?.own ?? '', 'latin1').toString()).toBe(given);
    expect(made?.text?.places).toBeDefined();
    expect(readAnswer(made)).toEqual(readAnswer(read()));
  });

  it('become text if they were parsed', () => {
    const made = again(decode('Customer', { id: 5, companyName: '東京' })) as Answer;
    expect(made.text?.own).toBe(Buffer.from('{"id":5,"companyName":"東京"}').toString('latin1'));
  });

  it.each([
    ['of no answer', '["other"]\n'],
    ['of an unknown class', '["answer","Nothing",2]\n{}'],
    ['of no object', '["answer","Customer",1]\n5'],
    ['of another length', '["answer","Customer",9]\n{"id":5}}'],
    ['of nothing behind the head', '["answer","Customer",2]\n'],
    ['of no record', '["record",null]\n'],
    ['without a head', '["record",{}]'],
  ])('are refused as a text %s', (_, text) => {
    expect(() => codec.decode(text)).toThrow();
  });
});
