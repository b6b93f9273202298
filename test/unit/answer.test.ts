import fc from 'fast-check';
import { Answer } from '../../src/upstream/answer.js';
import { decode, isDecoded } from '../../src/upstream/decode.js';
import { shapes } from '../../src/upstream/generated/shapes.js';
import { isWhole } from '../../src/upstream/is-whole.js';
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

  it.each(['CustomerWithoutAttributes', 'CustomerListWithoutAttributes'] as const)('is named %s', (name) => {
    expect(decode(name, {}).shapeName).toBe(name);
  });
});
