import fc from 'fast-check';
import { stringify } from 'lossless-json';
import { parseJson } from '../../src/json/parse-json.js';
import { createRecordTexts } from '../../src/records/text/record-matcher.js';
import { Answer, type AnswerSource, isWhole } from '../../src/records/answer.js';
import { decode, hasAttributes, isDecoded } from '../../src/records/decode.js';
import { shapes } from '../../src/records/generated/shapes.js';
import { arbitraryAnswer } from '../support/arbitrary-answer.js';
import { readAsPromised } from '../support/answer-model.js';
import { readAnswer } from '../support/read-answer.js';

const NAMES = Object.keys(shapes) as (keyof typeof shapes)[];

const holdsError = (value: unknown): boolean =>
  value instanceof Error || (typeof value === 'object' && value !== null && Object.values(value).some(holdsError));

describe.each(NAMES)('an answer of %s', (name) => {
  it('reads as an interpreter of the shapes does, however often, and is whole where that found it sound', () => {
    fc.assert(
      fc.property(arbitraryAnswer(name), (from) => {
        const answer = decode(name, from);
        const expected = readAsPromised(name, from);
        expect(readAnswer(answer)).toEqual(expected);
        expect(readAnswer(answer)).toEqual(expected);
        expect(isWhole(answer)).toBe(!holdsError(expected));
      }),
    );
  });

  it('is made again from its name and what it was made from', () => {
    const answer: Answer = decode(name, {});
    expect(answer.shapeName).toBe(name);
    expect(readAnswer(decode(name, answer.from))).toEqual(readAnswer(answer));
  });
});

describe.each(['Customer', 'UserItem'] as const)('the text of an answer of %s', (name) => {
  it('is whole if what it says is, and stays text', () => {
    const texts = createRecordTexts();
    let left = 0;
    const check = (from: unknown): void => {
      const bytes = Buffer.from(stringify(from) ?? '');
      const text = texts.recordBetween(name, { text: bytes.toString('latin1'), start: 0, end: bytes.length });
      if (!text) return;
      left += 1;
      const answer: Answer = decode(name, text);
      expect(isWhole(answer)).toBe(isWhole(decode(name, parseJson(bytes.toString()))));
      expect(answer.text).toBe(text);
    };
    fc.assert(fc.property(arbitraryAnswer(name), check));
    expect(left).toBeGreaterThan(10);
  });
});

describe('an answer', () => {
  it('does not read what its schema lacks', () => {
    const answer = decode('Range', { offset: 0, limit: 1, total: 0, secret: 'x', constructor: 1, hasOwnProperty: 2 });
    expect(Reflect.get(answer, 'secret')).toBeUndefined();
    expect(answer).toBeInstanceOf(Answer);
    expect(answer.properties()).toEqual([
      ['limit', 1],
      ['offset', 0],
      ['total', 0],
    ]);
  });

  it('reads nothing of an item before it is asked to', () => {
    const items = Array.from({ length: 3 }, () => ({
      get id(): number {
        throw new Error('read too early');
      },
    }));
    const { items: records } = decode('CustomerList', { items });
    expect(records).toHaveLength(3);
    expect(() => records instanceof Error || isWhole(records)).toThrow('read too early');
  });
});

describe('a customer whose attributes were not asked for', () => {
  it('is as any other, save that absent attributes are unknown', () => {
    fc.assert(
      fc.property(arbitraryAnswer('Customer'), (from) => {
        const { customerAttributes, ...rest } = readAsPromised('Customer', from);
        const expected = { ...rest, customerAttributes: customerAttributes ?? undefined };
        const [item] = [decode('CustomerListWithoutAttributes', { items: [from] }).items].flat();
        for (const customer of [decode('CustomerWithoutAttributes', from), item]) {
          expect(readAnswer(customer)).toStrictEqual(expected);
          expect(isDecoded('Customer', customer)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['{"id":5,"companyName":"a"}', false],
    ['{"id":5,"companyName":"a","customerAttributes":null}', false],
    ['{"id":5,"companyName":"a","customerAttributes":{"items":[]}}', true],
    ['{"id":5,"companyName":"a","customerAttributes":{"items":5}}', true],
  ])('says without being parsed whether %s has attributes, unless it has', (json, expected) => {
    const texts = createRecordTexts();
    const read = (): AnswerSource | undefined => texts.read('CustomerWithoutAttributes', Buffer.from(json), Infinity);
    read();
    const customer = decode('CustomerWithoutAttributes', read());
    expect(hasAttributes(customer)).toBe(expected);
    expect(customer.text === undefined).toBe(expected);
    expect(hasAttributes(decode('Customer', read()))).toBe(true);
  });

  it.each(['CustomerWithoutAttributes', 'CustomerListWithoutAttributes'] as const)('is named %s', (name) => {
    expect(decode(name, {}).shapeName).toBe(name);
  });
});
